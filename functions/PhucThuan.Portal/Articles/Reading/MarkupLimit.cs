using System.Collections.Frozen;
using System.Net;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// Keeps a broken file from holding up the portal: the time to parse HTML grows with the square of its depth (measured
/// with AngleSharp 1.10: 10,000 levels 1.3 s, 100,000 levels 54 s), and browsers stop at 512 levels. 100,000 tags side
/// by side take half a second as text and tables, 5 s of the processor when each is renamed or unwrapped, and 20 s at worst,
/// as pictures of other sites, each of which is replaced.
/// </summary>
internal static partial class MarkupLimit
{
    public const int MaxDepth = 512;

    /// <summary>Opening and closing ones: those of a list of 1,300 households in nine columns, as Word saves it.</summary>
    public const int MaxTags = 100_000;

    /// <summary>Of a file that has too many tags. A head of ours has eight.</summary>
    private const int MaxHeadTags = 200;

    // Have no content, or end where the next one begins: left open a thousand times they are not deep.
    private static readonly FrozenSet<string> NotNesting = new[]
    {
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "o:p", "option", "p",
        "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text as it is, or title, metadata and lines alone when its tags are too many or nested too deep; and whether they are.</summary>
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
                return ($"{Head(html)}<pre>{Lines(html)}</pre>", true);
            }
        }

        return (html, false);
    }

    private static string Head(string html) => string.Concat(HeadTag().Matches(html).Take(MaxHeadTags).Select(tag => tag.Value));

    /// <summary>A line for each paragraph and for each row of a table, in one element: however many, they are no tags again.</summary>
    private static string Lines(string html)
    {
        var body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        var text = HeadTag().Replace(body < 0 ? html : html[body..], "");
        var lines = Tags().Replace(text, tags => Row().IsMatch(tags.ValueSpan) ? "\n" : Cell().IsMatch(tags.ValueSpan) ? " | " : Block().IsMatch(tags.ValueSpan) ? "\n" : " ");

        // What is left of a broken tag is text.
        return WebUtility.HtmlEncode(WebUtility.HtmlDecode(lines.Trim()));
    }

    [GeneratedRegex("</?[a-z][^\\s/>]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("<title[^<>]*>[^<]*</title>|<meta[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeadTag();

    // Not past the next opening bracket: a file of these alone would be read to its end from each.
    [GeneratedRegex(@"(?:<[^<>]*>\s*)+", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex("</?tr[ >]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Row();

    [GeneratedRegex("<t[dh][ >]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cell();

    [GeneratedRegex("</?(?:p|br|div|li|h[1-6]|table|dt|dd)[ />]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
