using System.Net;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Import.Limits;

/// <summary>
/// Extracts the text of HTML that has too much markup to be parsed. Without a parser, hidden text cannot be detected,
/// so files with markup that can hide text are refused.
/// </summary>
internal static partial class SourceText
{
    /// <summary>Maximum number of title and metadata elements that are kept; eight names are used.</summary>
    private const int MaxHeadTags = 200;

    /// <summary>
    /// HTML with title, metadata and a <c>pre</c> element with one line per paragraph and table row. Null when text may
    /// be hidden.
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

        // The rest of a broken tag is text.
        return WebUtility.HtmlEncode(WebUtility.HtmlDecode(lines.Trim()));
    }

    // Styles, tracked changes, comments, and elements that browsers do not show. Words of the text may match, too.
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

    // Linear time, because atomic groups prevent backtracking. A script without an end tag extends to the end of the
    // file, and so does a comment without an end.
    [GeneratedRegex(
        "<script[^<>]*>(?>(?:[^<]+|<(?!/script))*)|<!--(?>(?:[^-]+|-(?!->))*)(?:-->)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotText();

    // A match stops at the next opening bracket; otherwise a file of opening brackets would take quadratic time.
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
