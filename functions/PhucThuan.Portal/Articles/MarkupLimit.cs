using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles;

/// <summary>
/// Keeps a broken file from holding up the portal: the time to parse HTML grows with the square of its depth (measured
/// with AngleSharp 1.10: 10,000 levels 1.3 s, 100,000 levels 54 s), and browsers stop at 512 levels. The time to write it
/// grows with the square of how many elements stand side by side.
/// </summary>
internal static partial class MarkupLimit
{
    public const int MaxDepth = 512;

    /// <summary>Opening and closing ones: those of some hundred pages of a word processor.</summary>
    public const int MaxTags = 30_000;

    // Have no content, or end where the next one begins: left open a thousand times they are not deep.
    private static readonly FrozenSet<string> NotNesting = new[]
    {
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "o:p", "option", "p",
        "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text as it is, or without its tags when they are too many or nested too deep; and whether they are.</summary>
    public static (string Html, bool IsExceeded) Apply(string html)
    {
        var (depth, tags) = (0, 0);
        foreach (var tag in Tag().EnumerateMatches(html))
        {
            var name = html.AsSpan(tag.Index, tag.Length).Trim("</");
            if (!NotNesting.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            {
                depth = html[tag.Index + 1] == '/' ? Math.Max(0, depth - 1) : depth + 1;
            }

            if (depth > MaxDepth || ++tags > MaxTags)
            {
                return (WholeTag().Replace(html, " "), true);
            }
        }

        return (html, false);
    }

    [GeneratedRegex("</?[a-z][^\\s/>]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex WholeTag();
}
