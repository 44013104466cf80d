using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhucThuan.Portal.Http;

/// <summary>Which header tells a reader's address, from section <c>ReaderAddress</c>. None is believed unless named.</summary>
public sealed record ReaderAddressOptions : IValidatableObject
{
    public const string Section = "ReaderAddress";

    private const int MostHops = 10;

    /// <summary>
    /// <c>CLIENT-IP</c>, which Azure's front end sets, or one that a proxy of ours sets. Not <c>X-Forwarded-For</c> on the
    /// Functions host: it puts its own address there (measured on 4.1037). Null takes the connection's address, which behind
    /// a front end is the front end's.
    /// </summary>
    public string? Header { get; init; }

    /// <summary>How many proxies of ours have added to the header; the reader's address is that many from its end.</summary>
    public int TrustedHops { get; init; } = 1;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Header is not null && (Header.Length == 0 || !Header.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')))
        {
            yield return new ValidationResult(
                $"ReaderAddress:Header is '{Header}'; allowed is the name of a header, such as CLIENT-IP or X-Forwarded-For.");
        }

        if (TrustedHops is < 1 or > MostHops)
        {
            yield return new ValidationResult($"ReaderAddress:TrustedHops is {TrustedHops}; allowed are 1 to {MostHops}.");
        }
    }
}

[OptionsValidator]
internal sealed partial class ReaderAddressOptionsValidator : IValidateOptions<ReaderAddressOptions>;
