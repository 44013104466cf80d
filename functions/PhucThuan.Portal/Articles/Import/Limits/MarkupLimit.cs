using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PhucThuan.Portal.Articles.Import.Limits;

/// <summary>
/// Bounds the markup of a file, so that a broken file does not hold up the portal. Several costs of AngleSharp 1.10
/// grow with a square: parsing with the depth (10,000 levels 1.3 s, 100,000 levels 54 s) and with the attributes of an
/// element, changes with the children of an element (99,000 line breaks 8 s). Browsers stop at 512 levels.
/// </summary>
internal static partial class MarkupLimit
{
    public const int MaxDepth = 512;

    /// <summary>Start and end tags: those of a list of 1,300 households in nine columns, as Word saves it.</summary>
    public const int MaxTags = 100_000;

    /// <summary>
    /// Nodes in one element, text nodes included: a table of 10,000 rows, or a text of as many paragraphs.
    /// </summary>
    public const int MaxChildren = 20_000;

    /// <summary>Tags of a file of which the lines of text are shown: a list of 3,000 households.</summary>
    private const int MaxTagsOfText = 250_000;

    /// <summary>Attributes of one element; word processors write up to 40.</summary>
    private const int MaxAttributes = 500;

    /// <summary>
    /// Words in the attributes of one element: the time of AngleSharp grows with the square of the classes.
    /// </summary>
    private const int MaxWords = 10_000;

    /// <summary>Attributes of all elements; the list of households has 350,000.</summary>
    private const int MaxTotalAttributes = 600_000;

    // Void elements, and elements that end where the next one begins: many of them are not deep.
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

    /// <summary>Parses HTML, and tells whether only its text may be shown, because there is too much markup.</summary>
    /// <exception cref="NotAnArticleException">
    /// There is too much text, or too much markup and some of the text may be hidden.
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

    /// <summary>Null for a file that can be parsed in time; else what there is too much of, in Vietnamese.</summary>
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

            // What looks like a tag in an attribute value is counted as one: the value may have no end.
            if (tag.Index >= end)
            {
                (var count, end) = CountAttributes(html, tag.Index + tag.Length);
                attributes += count;
                if (count > MaxAttributes || attributes > MaxTotalAttributes)
                {
                    // No program writes as many: there is no text to be saved.
                    throw new NotAnArticleException(
                        $"tệp có quá nhiều thuộc tính (mỗi thẻ nhiều nhất {MaxAttributes}, cả tệp"
                        + $" {VietnamTime.Format(MaxTotalAttributes)}); hãy chia thành nhiều bài, hoặc mở tệp bằng Word"
                        + $" rồi lưu thành .docx");
                }
            }

            // Paragraphs with nothing but inline elements between them are in one element.
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
    /// Counts the attributes up to the end of the tag; stops when there are too many, or too many words in them.
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
