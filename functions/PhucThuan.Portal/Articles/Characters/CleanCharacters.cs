using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Characters;

/// <summary>
/// Removes control characters, which HTML and XML forbid, and direction marks, which can disguise a title. Normalises
/// letters to NFC for search and fonts.
/// </summary>
internal static partial class CleanCharacters
{
    public static void Apply(IElement content)
    {
        foreach (var text in content.Descendants<IText>().ToList())
        {
            if (Clean(text.Data) is var clean && clean != text.Data)
            {
                text.Data = clean;
            }
        }

        foreach (var element in content.QuerySelectorAll("[alt], [title]"))
        {
            foreach (var name in new[] { "alt", "title" })
            {
                if (element.GetAttribute(name) is { } value && Clean(value) is var clean && clean != value)
                {
                    element.SetAttribute(name, clean);
                }
            }
        }
    }

    public static string Clean(string text)
    {
        // Word and PowerPoint write a line break within a paragraph as a vertical tab.
        var clean = text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? NotInText().Replace(Lines().Replace(text, " "), "")
            : text;
        return Ascii.IsValid(clean) ? clean : VietnameseText.Normalize(clean, NormalizationForm.FormC);
    }

    [GeneratedRegex("[\u000B\u000C\u0085\u2028\u2029]", RegexOptions.CultureInvariant)]
    private static partial Regex Lines();

    // Control characters, direction marks, zero-width characters (no Vietnamese word contains one), byte order marks.
    [GeneratedRegex(
        "[\\x00-\\x08\\x0E-\\x1F\\x7F-\\x84\\x86-\\x9F"
            + "\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]",
        RegexOptions.CultureInvariant)]
    private static partial Regex NotInText();
}
