using System.Net;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Import.Limits;

/// <summary>
/// Takes the text out of HTML that has too much markup to be parsed. Without a parser, hidden text cannot be told from
/// text that readers see, so markup that can hide text is an obstacle.
/// </summary>
internal static partial class SourceText
{
    /// <summary>Title and metadata elements that are kept; a head has eight of ours.</summary>
    private const int MaxHeadTags = 200;

    /// <summary>
    /// HTML with title, metadata and one <c>pre</c> with a line for each paragraph and each row of a table. Null when
    /// some of the text may be hidden.
    /// </summary>
    public static string? Find(string html)
    {
        var visible = NotText().Replace(html, "");
        return Hiding().IsMatch(visible) ? null : $"{Head(visible)}<pre>{Lines(visible)}</pre>";
    }

    private static string Head(string html) =>
        string.Concat(HeadTag().Matches(html).Take(MaxHeadTags).Select(tag => tag.Value));

    private static string Lines(string html)
    {
        var body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        var text = HeadTag().Replace(body < 0 ? html : html[body..], "");
        var lines = Tags().Replace(text, tags => Row().IsMatch(tags.ValueSpan) ? "\n"
            : Cell().IsMatch(tags.ValueSpan) ? " | "
            : Block().IsMatch(tags.ValueSpan) ? "\n"
            : " ");

        // What is left of a broken tag is text.
        return WebUtility.HtmlEncode(WebUtility.HtmlDecode(lines.Trim()));
    }

    // Styles of any kind, tracked changes, comments, and elements that browsers do not show. Words of the text may
    // match too.
    [GeneratedRegex(
        @"<(?:style|del|ins|template|noscript|dialog|datalist|comment|details|frameset|object|svg|math|textarea|"
            + @"select|option)\b"
        + @"|[\s""'/](?:style|class|hidden|color|cite|datetime|role|aria-hidden)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hiding();

    [GeneratedRegex(
        "<title[^<>]{0,1000}>[^<]*</title>|<meta[^<>]{0,4000}>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeadTag();

    // Each character is looked at once: an element ends at its end tag or with the file, a comment at its end or
    // nowhere.
    [GeneratedRegex(
        "<script[^<>]*>(?>(?:[^<]+|<(?!/script))*)|<!--(?>(?:[^-]+|-(?!->))*)(?:-->)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotText();

    // Not past the next opening bracket: a file of these alone would be read to its end from each.
    [GeneratedRegex(@"(?:<[^<>]*>\s*)+", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex("</?tr[ >]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Row();

    [GeneratedRegex("<t[dh][ >]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cell();

    [GeneratedRegex(
        "</?(?:p|br|div|li|h[1-6]|table|dt|dd)[ />]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
