using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles;

/// <summary>Cleans plain text from an article for lists, feeds and metadata.</summary>
internal static partial class PlainText
{
    /// <summary>
    /// Collapses white space as a browser does, including no-break spaces; null when the result is empty.
    /// </summary>
    public static string? OneLine(string? text)
    {
        var words = NotInText().Replace(text ?? "", "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }

    /// <summary>
    /// Characters that XML 1.0 forbids (one in a title would break the feed), and control characters that HTML forbids.
    /// </summary>
    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInText();
}
