using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PhucThuan.Portal.Articles.Import.Limits;

/// <summary>
/// Limits the markup of a file, so that a broken file does not block the portal. AngleSharp 1.10 takes quadratic time
/// in the depth (10,000 levels: 1.3 s, 100,000 levels: 54 s) and in the attributes of an element when parsing, and in
/// the children of an element when changing it (99,000 line breaks: 8 s). Browsers stop at 512 levels.
/// </summary>
internal static partial class MarkupLimit
{
    public const int MaxDepth = 512;

    /// <summary>Start and end tags; a list of 1,300 households in nine columns, saved by Word, has as many.</summary>
    public const int MaxTags = 100_000;

    /// <summary>
    /// Child nodes of an element, including text nodes: a table with 10,000 rows, or a text with as many paragraphs.
    /// </summary>
    public const int MaxChildren = 20_000;

    /// <summary>Tags in a file that is shown as text only: a list of 3,000 households.</summary>
    private const int MaxTagsOfText = 250_000;

    /// <summary>Attributes per element; word processors write up to 40.</summary>
    private const int MaxAttributes = 500;

    /// <summary>
    /// Words in the attributes of an element; AngleSharp takes quadratic time in the number of classes.
    /// </summary>
    private const int MaxWords = 10_000;

    /// <summary>Attributes of all elements; the list of households has 350,000.</summary>
    private const int MaxTotalAttributes = 600_000;

    // Elements that do not add to the depth: void elements, and elements that the next one ends.
    private static readonly FrozenSet<string> NotNesting = new[]
    {
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "o:p", "option",
        "p",
        "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Inline = new[]
    {
        "a", "b", "br", "em", "font", "i", "img", "o:p", "p", "s", "span", "strong", "sub", "sup", "u",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static string TooManyChildren =>
        $"một phần của tệp có hơn {VietnamTime.Format(MaxChildren)} đoạn, dòng hoặc ảnh liền nhau";

    /// <summary>Parses HTML. <c>IsTextOnly</c> is true when there is too much markup to be shown.</summary>
    /// <exception cref="NotAnArticleException">
    /// There is too much text, or there is too much markup and it may hide text.
    /// </exception>
    public static (IHtmlDocument Document, bool IsTextOnly) Parse(string html)
    {
        var reason = FindExcess(html, out var tags);
        if (reason is null)
        {
            var document = StyleCascade.Parse(html);
            if (!HasTooManyChildren(document))
            {
                TextLimit.Check(LengthOfText(document));
                return (document, tags > MaxTags);
            }

            document.Dispose();
            reason = TooManyChildren;
        }

        if (SourceText.Find(html) is { } text)
        {
            TextLimit.Check(text.Length);
            return (StyleCascade.Parse(text), true);
        }

        throw new NotAnArticleException(
            $"{reason}; hãy chia thành nhiều bài, hoặc mở tệp bằng Word rồi lưu thành .docx");
    }

    /// <summary>Null for a file within the limits, otherwise the exceeded limit, in Vietnamese.</summary>
    /// <exception cref="NotAnArticleException">There are too many attributes.</exception>
    private static string? FindExcess(string html, out int tags)
    {
        tags = 0;
        var (depth, attributes, end, siblings) = (0, 0, 0, 0);
        foreach (var tag in Tag().EnumerateMatches(html))
        {
            var name = html.AsSpan(tag.Index, tag.Length).Trim("</");
            if (!NotNesting.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            {
                depth = html[tag.Index + 1] == '/' ? Math.Max(0, depth - 1) : depth + 1;
            }

            // Text that looks like a tag in an attribute value counts as a tag, because the value may be unclosed.
            if (tag.Index >= end)
            {
                (var count, end) = CountAttributes(html, tag.Index + tag.Length);
                attributes += count;
                if (count > MaxAttributes || attributes > MaxTotalAttributes)
                {
                    // No program writes as many, so the file is not a real article whose text should be kept.
                    throw new NotAnArticleException(
                        $"tệp có quá nhiều thuộc tính (mỗi thẻ nhiều nhất {MaxAttributes}, cả tệp"
                        + $" {VietnamTime.Format(MaxTotalAttributes)}); hãy chia thành nhiều bài, hoặc mở tệp bằng Word"
                        + $" rồi lưu thành .docx");
                }
            }

            // Paragraphs are siblings when only inline elements are between them.
            siblings = name is "p" or "P" && html[tag.Index + 1] != '/' ? siblings + 1
                : Inline.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) ? siblings
                : 0;
            if (siblings > MaxChildren)
            {
                return TooManyChildren;
            }

            if (depth > MaxDepth)
            {
                return $"các thẻ của tệp lồng nhau quá {MaxDepth} lớp";
            }

            if (++tags > MaxTagsOfText)
            {
                return $"tệp có hơn {VietnamTime.Format(MaxTagsOfText)} thẻ";
            }
        }

        return null;
    }

    private static long LengthOfText(IDocument document) => document.Body!.Descendants<IText>()
        .Where(text => text.ParentElement?.LocalName is not ("script" or "style"))
        .Sum(text => (long)text.Length);

    private static bool HasTooManyChildren(IDocument document) =>
        document.ChildNodes.Length > MaxChildren
            || document.All.Any(element => element.ChildNodes.Length > MaxChildren);

    /// <summary>
    /// Counts the attributes of a tag; stops when there are too many attributes or words.
    /// </summary>
    private static (int Count, int End) CountAttributes(string html, int start)
    {
        var (count, words, quote, before) = (0, 0, '\0', ' ');
        var at = start;
        for (; at < html.Length && count <= MaxAttributes && words <= MaxWords; at++)
        {
            var letter = html[at];
            if (quote != '\0')
            {
                words += char.IsWhiteSpace(letter) ? 1 : 0;
                quote = letter == quote ? '\0' : quote;
                before = ' ';
                continue;
            }

            if (letter == '>')
            {
                break;
            }

            if (letter is '"' or '\'' && before == '=')
            {
                quote = letter;
            }
            else if (IsSeparator(before) && !IsSeparator(letter) && letter != '=')
            {
                count++;
            }

            before = IsSeparator(letter) && before == '=' ? '=' : letter;
        }

        return (words > MaxWords ? MaxAttributes + 1 : count, at);
    }

    private static bool IsSeparator(char letter) => letter == '/' || char.IsWhiteSpace(letter);

    [GeneratedRegex("</?[a-z][^\\s/>]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
