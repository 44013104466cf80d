using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Characters;

namespace PhucThuan.Portal.Articles.Import.Fonts;

/// <summary>
/// Converts text in TCVN3 fonts (<c>.VnTime</c>) and VNI fonts (<c>VNI-Times</c>) to Unicode. The encoding is detected
/// by the name of the font, otherwise by syllables that do not occur in Unicode text. Text with Unicode's Vietnamese
/// letters is unchanged.
/// </summary>
internal sealed partial class LegacyFonts(StyleCascade cascade)
{
    /// <summary>
    /// Minimum number of syllables that detect an encoding without the name of a font: fewer may be an accident, a page
    /// has hundreds.
    /// </summary>
    private const int MinSyllables = 5;

    /// <summary>Returns the detected encodings: <c>TCVN3</c>, <c>VNI</c>.</summary>
    public IReadOnlyList<string> Convert(IDocument document, IElement content)
    {
        var texts = content.Descendants<IText>().Where(text => !string.IsNullOrWhiteSpace(text.Data)).ToList();
        var named = texts.Select(text => (Text: text, Font: FontOf(text.ParentElement))).ToList();
        var found = new HashSet<string>();
        ConvertAll(
            [.. named.Where(text => Old().IsMatch(text.Font))], Tcvn3.CountSyllables, Tcvn3.ToUnicode, "TCVN3", 1,
            found);
        ConvertAll(
            [.. named.Where(text => VniFont().IsMatch(text.Font))], Vni.CountSyllables, Vni.ToUnicode, "VNI", 1, found);

        // Text in another font, or without one, may also be in an old encoding: it was pasted, or the style was lost.
        var others = named.Where(text => !Old().IsMatch(text.Font) && !VniFont().IsMatch(text.Font)).ToList();
        ConvertAll(others, Tcvn3.CountSyllables, Tcvn3.ToUnicode, "TCVN3", MinSyllables, found);
        ConvertAll(others, Vni.CountSyllables, Vni.ToUnicode, "VNI", MinSyllables, found);
        ConvertHead(document, found);
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static void ConvertAll(
        List<(IText Text, string Font)> texts, Func<string, int> count, Func<string, string> convert, string name,
        int minimum, HashSet<string> found)
    {
        // In text that is mostly Unicode, characters that look like the old encoding are quotation marks or units.
        if (texts.Sum(text => count(text.Text.Data)) is var syllables
            && (syllables < minimum || syllables <= texts.Sum(text => UnicodeLetter().Count(text.Text.Data))))
        {
            return;
        }

        foreach (var (text, font) in texts.Where(text => !UnicodeLetter().IsMatch(text.Text.Data)))
        {
            var converted = convert(text.Data);
            text.Data = CapitalFont().IsMatch(font) ? converted.ToUpper(VietnamTime.Culture) : converted;
            found.Add(name);
        }
    }

    /// <summary>
    /// Title and metadata have no font. One syllable detects the encoding of such a short text, unless the text has
    /// Unicode's Vietnamese letters.
    /// </summary>
    private static void ConvertHead(IDocument document, HashSet<string> found)
    {
        if (document.Title is { Length: > 0 } title && ConvertShort(title, found) is { } converted)
        {
            document.Title = converted;
        }

        foreach (var meta in document.QuerySelectorAll("meta[name][content]"))
        {
            if (ConvertShort(meta.GetAttribute("content")!, found) is { } content)
            {
                meta.SetAttribute("content", content);
            }
        }
    }

    private static string? ConvertShort(string text, HashSet<string> found)
    {
        if (UnicodeLetter().IsMatch(text))
        {
            return null;
        }

        var (tcvn3, vni) = (Tcvn3.CountSyllables(text), Vni.CountSyllables(text));
        if (tcvn3 == 0 && vni == 0)
        {
            return null;
        }

        found.Add(tcvn3 >= vni ? "TCVN3" : "VNI");
        return tcvn3 >= vni ? Tcvn3.ToUnicode(text) : Vni.ToUnicode(text);
    }

    private string FontOf(IElement? element)
    {
        for (; element is not null; element = element.ParentElement)
        {
            if (cascade.Get(element, "font-family") is { Length: > 0 } style)
            {
                return style;
            }

            if (element.GetAttribute("face") is { Length: > 0 } face)
            {
                return face;
            }
        }

        return "";
    }

    // Vietnamese letters that neither encoding uses. Not Đ, which may stand for é in TCVN3 (ArticleText).
    [GeneratedRegex("[ĂăĨĩŨũƠơƯưđẠ-ỹ]", RegexOptions.CultureInvariant)]
    private static partial Regex UnicodeLetter();

    [GeneratedRegex("^[\"' ]*\\.?Vn[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Old();

    [GeneratedRegex("^[\"' ]*\\.?Vn\\w*H[\"' ]*(?:,|$)", RegexOptions.CultureInvariant)]
    private static partial Regex CapitalFont();

    [GeneratedRegex("^[\"' ]*VNI[- ]", RegexOptions.CultureInvariant)]
    private static partial Regex VniFont();
}
