using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Repairs source text that an HTML parser would misinterpret: text without tags, angle brackets that do not start a
/// tag (<c>x &lt;y</c>, <c>&lt;Tên cơ quan&gt;</c>), self-closing elements of XHTML, and pictures in conditional
/// comments of Word.
/// </summary>
internal static partial class SourceRepair
{
    /// <summary>Attribute of a picture from a conditional comment.</summary>
    public const string PictureOfWord = "data-word-picture";

    private static readonly FrozenSet<string> Known =
        ("a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote "
            + "body br button canvas caption center"
        + " cite code col colgroup comment data datalist dd del details dfn dialog dir div dl dt em embed fieldset "
        + "figcaption figure font footer form frame"
        + " frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen "
        + "label legend li link listing main map mark"
        + " marquee menu meta meter multicol nav nobr noembed noframes noscript object ol optgroup option output p "
        + "param picture plaintext pre progress q rp"
        + " rt ruby s samp script search section select small source spacer span strike strong style sub summary sup "
        + "svg table tbody td template textarea"
        + " tfoot th thead time title tr track tt u ul var video wbr xml xmp math mi mn mo ms mtext mrow mfrac msqrt "
        + "mroot mstyle merror mpadded mphantom"
        + " mfenced menclose msub msup msubsup munder mover munderover mmultiscripts mtable mtr mtd mlabeledtr "
        + "maction semantics annotation mspace"
        + " mprescripts none mglyph path g rect circle line polygon polyline ellipse text tspan defs use desc "
        + "foreignobject image sdfield").Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Elements whose content is text up to the end tag.
    private static readonly FrozenSet<string> Raw =
        new[] { "script", "style", "title", "textarea", "xmp" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string Apply(string text)
    {
        if (!AnyTag().IsMatch(text))
        {
            return Paragraphs(text);
        }

        text = PrivatePictures().Replace(text, PictureOf);
        if (Xhtml().IsMatch(text[..Math.Min(text.Length, 2048)]))
        {
            text = CharacterData().Replace(text, data => WebUtility.HtmlEncode(data.Groups[1].Value));
            text = SelfClosed().Replace(text, "<$1$2></$1>");
        }
        else
        {
            text = SelfClosedRaw().Replace(text, "<$1$2></$1>");
        }

        return EscapeBrackets(WithLines(text));
    }

    /// <summary>Converts a text file; an empty line ends a paragraph.</summary>
    private static string Paragraphs(string text) => string.Concat(
        EmptyLines().Split(text.Trim()).Where(part => part.Length > 0)
            .Select(part => part.Split('\n').Select(line => WebUtility.HtmlEncode(line.Trim())))
            .Select(lines => $"<p>{string.Join("<br>", lines)}</p>\n"));

    /// <summary>Preserves the line breaks of a body without elements that end lines.</summary>
    private static string WithLines(string text)
    {
        var body = BodyTag().Match(text) is { Success: true } tag
            ? tag.Index + tag.Length
            : text.LastIndexOf("</head>", StringComparison.OrdinalIgnoreCase);
        body = body < 0 ? AfterHead(text) : body;
        var rest = text[body..];
        return LineTag().IsMatch(rest) || rest.Trim().IndexOf('\n', StringComparison.Ordinal) < 0
            ? text
            : text[..body] + string.Concat(EmptyLines().Split(EndTags().Replace(rest, "").Trim())
                .Select(part => $"<p>{part.Replace("\n", "<br>", StringComparison.Ordinal)}</p>\n"));
    }

    private static int AfterHead(string text)
    {
        var last = HeadElement().Matches(text).LastOrDefault();
        return last is null ? 0 : last.Index + last.Length;
    }

    /// <summary>Escapes each <c>&lt;</c> that starts neither a tag nor a comment.</summary>
    private static string EscapeBrackets(string html)
    {
        var result = new StringBuilder(html.Length);
        var closed = new Lazy<HashSet<string>>(
            () =>
                EndTag().Matches(html).Select(tag => tag.Groups[1].Value).ToHashSet(StringComparer.OrdinalIgnoreCase));
        var done = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0
            && at < html.Length; at = html.IndexOf('<', at))
        {
            if (html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal))
            {
                at = After(html, "-->", at + 2);
            }
            else if (Declaration().IsMatch(html, at))
            {
                at++;
            }
            else if (Name().Match(html, at) is { Success: true } tag)
            {
                var end = EndOfTag(html, at);
                if (IsMarkup(tag.Groups[1].Value, html.AsSpan(at, end - at), closed))
                {
                    at = tag.ValueSpan[1] != '/' && Raw.Contains(tag.Groups[1].Value)
                        ? After(html, "</" + tag.Groups[1].Value, end, 0)
                        : end;
                    continue;
                }

                result.Append(html, done, at - done).Append("&lt;");
                done = ++at;
            }
            else
            {
                result.Append(html, done, at - done).Append("&lt;");
                done = ++at;
            }

            if (at >= html.Length)
            {
                break;
            }
        }

        return done == 0 ? html : result.Append(html, done, html.Length - done).ToString();
    }

    private static int After(string html, string end, int from, int? length = null)
    {
        var found = from < html.Length ? html.IndexOf(end, from, StringComparison.OrdinalIgnoreCase) : -1;
        return found < 0 ? html.Length : found + (length ?? end.Length);
    }

    /// <summary>
    /// Index after the tag's closing bracket, outside of quotes; with an unclosed quote or without a closing bracket,
    /// up to the next bracket.
    /// </summary>
    private static int EndOfTag(string html, int start)
    {
        var quote = '\0';
        for (var at = start + 1; at < html.Length && at < start + MaxTagLength; at++)
        {
            var letter = html[at];
            if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '"' or '\'' && html[at - 1] is '=' or ' ')
            {
                quote = letter;
            }
            else if (letter == '>')
            {
                return at + 1;
            }
            else if (letter == '<')
            {
                return at;
            }
        }

        var close = html.AsSpan(start + 1).IndexOfAny('<', '>');
        return close < 0 ? html.Length : html[start + 1 + close] == '>' ? start + close + 2 : start + 1 + close;
    }

    /// <summary>
    /// Number of characters in which the end of a tag outside of quotes is searched.
    /// </summary>
    private const int MaxTagLength = 8 * 1024 * 1024;

    private static bool IsMarkup(string name, ReadOnlySpan<char> tag, Lazy<HashSet<string>> closed)
    {
        var hasAttributes = tag.Contains('=');
        if (Known.Contains(name))
        {
            // “nếu x <b thì đạt” is a comparison, because attribute names contain no Vietnamese letters.
            return hasAttributes || !WordsOfText().IsMatch(tag);
        }

        return !name.Contains("://", StringComparison.Ordinal) && !name.Contains('@', StringComparison.Ordinal)
            && Ascii.IsValid(name)
            && (name.Contains(':', StringComparison.Ordinal) || name.Contains('-', StringComparison.Ordinal)
            || hasAttributes || tag is [.., '/', '>']
                || closed.Value.Contains(name));
    }

    /// <summary>
    /// Restores the picture in a conditional comment, which only Word shows. Some programs omit the alternative for
    /// browsers.
    /// </summary>
    private static string PictureOf(Match comment)
    {
        var data = ImageData().Match(comment.Value);
        var isRepeated = comment.Groups["next"].Value.Contains("<img", StringComparison.OrdinalIgnoreCase)
            || comment.Groups["next"].Value.Contains("![if", StringComparison.OrdinalIgnoreCase);
        return data.Success && !isRepeated
            ? $"<img src=\"{WebUtility.HtmlEncode(data.Groups[1].Value)}\" alt=\"\" {PictureOfWord}>"
                + $"{comment.Groups["next"].Value}"
            : comment.Value;
    }

    [GeneratedRegex(
        @"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!(?:--|doctype)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnyTag();

    [GeneratedRegex(
        @"</?(?:p|br|div|table|t[rdh]|h[1-6]|ul|ol|li|pre|blockquote|section|article|center|address|dl|dd|dt|hr|"
            + @"frameset|figure|textarea|main|form)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LineTag();

    [GeneratedRegex(@"<body(?:\s[^<>]*)?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BodyTag();

    [GeneratedRegex(
        "</(?:title|style|script|head)>|<(?:meta|link|base|html|head)(?: [^<>]*)?>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeadElement();

    [GeneratedRegex("</(?:body|html)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EndTags();

    [GeneratedRegex(@"\r?\n(?:[ \t\u00A0]*\r?\n)+", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"\G<[!?][\[a-z]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\G</?([^\s<>/]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"</([^\s<>/]+)", RegexOptions.CultureInvariant)]
    private static partial Regex EndTag();

    [GeneratedRegex(@"^<[^<>]*[\u00C0-\u1EF9]", RegexOptions.CultureInvariant)]
    private static partial Regex WordsOfText();

    [GeneratedRegex(
        @"<\?xml|DTD XHTML|xmlns\s*=\s*[""']http://www\.w3\.org/1999/xhtml",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Xhtml();

    [GeneratedRegex(@"<!\[CDATA\[((?:(?!\]\]>|<!\[CDATA\[)[\s\S]){0,20000})\]\]>", RegexOptions.CultureInvariant)]
    private static partial Regex CharacterData();

    private const string Attributes = """((?:\s+[\w:.-]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'))?)*)\s*/>""";

    // Except void elements, which have no end tag in HTML, and elements of MathML, SVG and Office, which may be
    // self-closing in HTML.
    [GeneratedRegex(
        "<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|m[a-z]+|path|rect|circle|"
            + "line)\\b)([a-z][a-z0-9]*)" + Attributes,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SelfClosed();

    [GeneratedRegex(
        "<(script|style|title|textarea|iframe|xmp|noscript|object|video|audio|select|button)" + Attributes,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SelfClosedRaw();

    [GeneratedRegex(
        @"<!--\[if [^\]>]*vml[^\]>]*\]>(?:(?!<!\[endif\]|<!--)[\s\S]){0,20000}<!\[endif\]-->(?<next>.{0,40})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PrivatePictures();

    [GeneratedRegex(
        """<v:imagedata[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ImageData();
}
