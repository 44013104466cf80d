using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// Extracts the credits of a saved page into <c>&lt;meta&gt;</c> elements, after those of the page itself: author, date
/// and counts below the title (<c>30/10/2026 | bởi Lê Thị Hoa | 120 lượt xem</c>). Removes the copyright notice below
/// the text.
/// </summary>
internal static partial class PageCredits
{
    /// <summary>Number of elements at the start of the page that are searched.</summary>
    private const int MaxElements = 40;

    /// <summary>Maximum number of characters of a line with credits.</summary>
    private const int MaxLength = 200;

    /// <summary>Minimum number of characters of a paragraph that starts the text and ends the search.</summary>
    private const int MinLengthOfText = 80;

    private const string Times = "time.entry-date, time.published, time[pubdate], time[itemprop=datePublished i]";

    /// <summary>Call before containers are unwrapped, because a line often consists of several elements.</summary>
    /// <param name="isSaved">True for a page saved from a site. The lines of an editor's own file are kept.</param>
    public static void Extract(IDocument document, IElement content, bool isSaved)
    {
        var published = content.QuerySelectorAll(Times).Select(DateOf).OfType<DateTimeOffset>().Take(1).ToList();
        Add(document, ArticleMetadata.ShownDate, published.Select(VietnamTime.FormatIso));
        if (!isSaved)
        {
            return;
        }

        foreach (var line in content.QuerySelectorAll("p, div, ul, small, address, time, span, header")
            .Where(line => line.TextContent.Length > 0).Take(MaxElements).ToList())
        {
            if (line.QuerySelector("h1, h2, img") is not null || !content.Contains(line))
            {
                continue;
            }

            var isExtracted = !IsInSentence(line) && ExtractLine(document, line);
            if (!isExtracted && line.LocalName == "p" && line.TextContent.Trim().Length >= MinLengthOfText)
            {
                break;
            }
        }

        foreach (var line in content.QuerySelectorAll("p, div, small").ToList())
        {
            if (line.TextContent.Length <= MaxLength && Copyright().IsMatch(line.TextContent.Trim())
                && line.QuerySelector("img") is null)
            {
                line.Remove();
            }
        }
    }

    /// <summary>True for an inline element with other text next to it.</summary>
    private static bool IsInSentence(IElement line) =>
        line.LocalName is "span" or "time" or "small"
        && line.Parent!.ChildNodes.OfType<IText>().Any(text => text.Data.Any(char.IsLetterOrDigit));

    private static bool ExtractLine(IDocument document, IElement line)
    {
        var text = TextOf(line);
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        var author = AuthorClass().IsMatch(line.ClassName ?? "") && NameAlone().Match(text) is { Success: true } name
            ? name
            : Author().Match(text);
        var rest = author.Success ? text.Remove(author.Index, author.Length).Insert(author.Index, "|") : text;
        var parts = rest.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !Chrome().IsMatch(part)).ToList();
        var dates = ArticleDate.Parse(string.Join(' ', parts)) is { } whole
            ? [whole]
            : parts.ConvertAll(ArticleDate.Parse);
        if (dates.Contains(null) || (dates.Count == 0 && !author.Success) || IsOfAnotherDay(document, dates))
        {
            return false;
        }

        var time = line.QuerySelectorAll("time:not(.updated)").Append(line).Select(DateOf).FirstOrDefault();
        Add(
            document, ArticleMetadata.ShownDate,
            dates.Take(1).Select(date => VietnamTime.FormatIso((time ?? date)!.Value)));
        Add(document, "author", author.Success ? [author.Groups["name"].Value.Trim()] : []);
        line.Remove();
        return true;
    }

    /// <summary>True when the metadata have another date; removing this one would lose it.</summary>
    private static bool IsOfAnotherDay(IDocument document, List<DateTimeOffset?> dates) =>
        dates.Count > 0 && ArticleMetadata.DatesOf(document).FirstOrDefault() is { } known
        && ArticleDate.Parse(known) is { } day && !dates.Exists(date => VietnamTime.DayOf(date!.Value)
        == VietnamTime.DayOf(day));

    private static DateTimeOffset? DateOf(IElement time) =>
        ArticleDate.Parse(time.GetAttribute("datetime")) ?? (
            time.LocalName == "time" ? ArticleDate.Parse(time.TextContent) : null);

    private static void Add(IDocument document, string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            var meta = document.CreateElement("meta");
            meta.SetAttribute("name", name);
            meta.SetAttribute("content", value);
            document.Head!.Append(meta);
        }
    }

    /// <summary>Text with bars between elements.</summary>
    private static string TextOf(IElement line) => string.Join(
        '|', line.Descendants<IText>().Select(text => PlainText.OneLine(text.Data)).OfType<string>());

    // “bởi” and the name may be in two elements. The name ends before a date. It starts with a capital letter or is the
    // name of an account; other lines are sentences.
    [GeneratedRegex(
        @"(?:^|(?<=[|•·,–—-]\s*|[0-9]\s+))(?:(?:(?:được |đã )?(?:đăng|viết|gửi)(?: tin| bài)? |posted |written )?"
            + @"(?:bởi|by)(?![\p{L}\p{N}])|(?:tác giả|người đăng(?: tin)?|người viết|author)\s*[:|])"
            + @"[\s:|]*(?<name>(?-i:\p{Lu})[^|•·:;()]{0,80}?(?<![.!?])|[a-z0-9@._-]{3,80}?)\s*"
            + @"(?=$|[|•·(]|\s[-–—]\s|,\s*(?:ngày|lúc|[0-9])|\s+(?:on|ngày|lúc|vào)[\s|])(?:\s+(?:on|vào)(?=[\s|]))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Author();

    [GeneratedRegex(
        @"(?:^|[\s_-])(?:author|byline|tac-?gia)(?:$|[\s_-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AuthorClass();

    [GeneratedRegex(
        @"^(?!(?:Bởi|By|Tác giả|Đăng|Người)\b)(?<name>\p{Lu}[^|:;.!?0-9]{1,60})$", RegexOptions.CultureInvariant)]
    private static partial Regex NameAlone();

    // Counts, tools and the category of the page.
    [GeneratedRegex(
        @"^[^\p{L}\p{N}]*(?:[0-9][0-9.,]*\s*)?"
            + @"(?:(?:số )?lượt (?:xem|đọc)|đã xem|xem|views?|bình luận|comments?|"
            + @"phản hồi|chia sẻ|share|thích|like|in (?:bài|trang)|print|cỡ chữ|gửi (?:email|mail)|email|phút đọc|"
            + @"min read|(?:chuyên mục|danh mục|category|posted in)\b.{0,60}|tin tức)"
            + @"[^\p{L}\p{N}]*(?:[0-9][0-9.,]*)?\W*$|^\W+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Chrome();

    [GeneratedRegex(
        @"^(?!.*\?$)(?:©|®|\(c\)\s*(?:copyright|[0-9]{4})|copyright\s*(?:[:©®0-9]|\(c\)|by\b)"
            + @"|bản quyền (?:©|\(c\)|[0-9]|thuộc))|^[^.]{0,120}\ball rights reserved",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Copyright();
}
