using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal;

/// <summary>
/// The storage account of articles, pictures and counters, from section <c>Storage</c>: a connection string on a
/// laptop, an account name with an identity in Azure, never both.
/// </summary>
public sealed record StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>For development, such as Azurite's. Holds a key, so it has no place in Azure.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>3 to 24 lower-case letters and digits (Azure's rule for storage accounts).</summary>
    [RegularExpression(
        "^[a-z0-9]{3,24}$",
        ErrorMessage = "Storage:AccountName must be the name of a storage account, 3 to 24 lower-case letters and digits.")]
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

        // Never quote a connection string: it holds the account's key.
        if (hasConnection && !IsConnectionString(ConnectionString!))
        {
            yield return new ValidationResult(
                "Storage:ConnectionString must be UseDevelopmentStorage=true or Name=value pairs separated by ';'"
                + " that tell the account or its endpoints.");
        }

        if (ClientId is not null && !hasAccount)
        {
            yield return new ValidationResult("Storage:ClientId is for use with Storage:AccountName, which is not set.");
        }
    }

    private static bool IsConnectionString(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).All(pair => pair.Contains('=', StringComparison.Ordinal))
        && (text.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase)
            || text.Contains("AccountName=", StringComparison.OrdinalIgnoreCase)
            || text.Contains("Endpoint=", StringComparison.OrdinalIgnoreCase));
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
