using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Http;

/// <summary>
/// The trusted header with the reader's address, from section <c>ReaderAddress</c>. By default, no header is trusted.
/// </summary>
public sealed record ReaderAddressOptions : IValidatableObject
{
    public const string Section = "ReaderAddress";

    private const int MostHops = 10;

    /// <summary>
    /// <c>CLIENT-IP</c>, which Azure's front end sets, or the header of your own proxy. Not <c>X-Forwarded-For</c>: the
    /// Functions host overwrites it with its own address (measured on 4.1037). Null uses the address of the connection,
    /// which behind a front end is the front end's address.
    /// </summary>
    public string? Header { get; init; }

    /// <summary>
    /// Number of trusted proxies that append to the header. The reader's address is that many entries from its end.
    /// </summary>
    public int TrustedHops { get; init; } = 1;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Header is not null
            && (Header.Length == 0 || !Header.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')))
        {
            yield return new ValidationResult(
                $"ReaderAddress:Header is '{Header}'; allowed is the name of a header, such as CLIENT-IP or "
                    + "X-Forwarded-For.");
        }

        if (TrustedHops is < 1 or > MostHops)
        {
            yield return new ValidationResult(
                $"ReaderAddress:TrustedHops is {TrustedHops}; allowed are 1 to {MostHops}.");
        }
    }
}

[OptionsValidator]
internal sealed partial class ReaderAddressOptionsValidator : IValidateOptions<ReaderAddressOptions>;
