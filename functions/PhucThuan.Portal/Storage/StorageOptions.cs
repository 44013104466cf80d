using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Storage;

/// <summary>
/// The storage account, from section <c>Storage</c>: either a connection string, for development, or an account name,
/// for Azure, where the app's identity has access.
/// </summary>
public sealed partial record StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>For development, such as Azurite's. It contains a key; do not use it in Azure.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>3 to 24 lower-case letters and digits (Azure's rule for storage accounts).</summary>
    public string? AccountName { get; init; }

    /// <summary>Client id (a GUID) of the user-assigned identity to use with <see cref="AccountName"/>.</summary>
    public Guid? ClientId { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var hasConnection = !string.IsNullOrWhiteSpace(ConnectionString);
        var hasAccount = !string.IsNullOrWhiteSpace(AccountName);
        if (hasConnection == hasAccount)
        {
            var found = hasConnection ? "both are set" : "neither is set";
            yield return new ValidationResult(
                $"Set either Storage:ConnectionString (development) or Storage:AccountName (Azure): {found}.");
        }

        if (hasAccount && !AccountNamePattern().IsMatch(AccountName!))
        {
            yield return new ValidationResult(
                $"Storage:AccountName is '{AccountName}'; allowed is the name of a storage account, 3 to 24 lower-case"
                + " letters and digits.");
        }

        // Never print a connection string: it contains the account key.
        if (hasConnection && !IsConnectionString(ConnectionString!))
        {
            yield return new ValidationResult(
                "Storage:ConnectionString cannot be read; allowed is UseDevelopmentStorage=true or the connection"
                + " string of a storage account with blobs and tables.");
        }

        if (ClientId is not null && !hasAccount)
        {
            yield return new ValidationResult(
                "Storage:ClientId is for use with Storage:AccountName, which is not set.");
        }
    }

    /// <summary>Valid when the SDK clients accept it.</summary>
    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = new BlobServiceClient(text);
            _ = new TableServiceClient(text);
            return true;
        }
        catch (Exception exception) when (
            exception is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[a-z0-9]{3,24}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AccountNamePattern();
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
