using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Site.Contact;

/// <summary>A telephone number and the name of its office.</summary>
/// <param name="Number">As displayed: <c>0208 3863 123</c>.</param>
public sealed partial record ContactPhone(string Name, string Number)
{
    private const int MaxName = 60;

    /// <summary>Address of a link that calls the number (RFC 3966, local number).</summary>
    public string Address => "tel:" + string.Concat(Number.Where(letter => char.IsAsciiDigit(letter) || letter == '+'));

    /// <summary>Null unless the entry is <c>name: number</c>.</summary>
    public static ContactPhone? Parse(string entry)
    {
        var separator = entry.LastIndexOf(':');
        var (name, number) = separator < 0 ? ("", "") : (entry[..separator].Trim(), entry[(separator + 1)..].Trim());
        return name.Length is > 0 and <= MaxName && Digits().IsMatch(number) ? new(name, number) : null;
    }

    [GeneratedRegex(@"^\+?(?:[ .()-]*[0-9]){3,15}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
