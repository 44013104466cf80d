using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles;

/// <summary>Text of an editor's file that stands outside of its article: in lists, feeds and metadata.</summary>
internal static partial class PlainText
{
    /// <summary>
    /// Collapses white space as a browser would, the no-break spaces of word processors included; null when nothing is left.
    /// </summary>
    public static string? OneLine(string? text)
    {
        var words = NotInText().Replace(text ?? "", "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }

    /// <summary>
    /// Characters that XML 1.0 does not allow (one of them in a title, and there is no feed), and the other controls, which
    /// HTML does not.
    /// </summary>
    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInText();
}
