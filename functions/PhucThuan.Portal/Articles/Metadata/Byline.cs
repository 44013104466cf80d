using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// Extracts the author from a separate line of the text: <c>Tác giả: Lê Thị Hoa</c>, <c>Bài và ảnh: Ban Biên tập</c>.
/// </summary>
internal static partial class Byline
{
    /// <summary>Number of lines at the start and at the end of the text that are searched.</summary>
    private const int MaxLines = 4;

    /// <summary>
    /// Returns the author and removes the line, because the page shows the author above the text. Null without an
    /// author.
    /// </summary>
    public static string? Extract(IElement content)
    {
        var lines = content.QuerySelectorAll("p").Where(line => PlainText.OneLine(line.TextContent) is not null)
            .ToList();
        foreach (var line in lines.TakeLast(MaxLines).Reverse().Concat(lines.Take(MaxLines)))
        {
            if (Author().Match(PlainText.OneLine(line.TextContent)!) is { Success: true } author
                && line.QuerySelector("img") is null)
            {
                line.Remove();
                return author.Groups["name"].Value;
            }
        }

        return lines.TakeLast(MaxLines).LastOrDefault(IsOfPerson) is { } last ? ExtractPerson(last) : null;
    }

    private static bool IsOfPerson(IElement line) =>
        Person().Match(PlainText.OneLine(line.TextContent)!) is { Success: true } person
        && !ArticleAuthor.IsOrganization(person.Groups["name"].Value);

    private static string ExtractPerson(IElement line)
    {
        line.Remove();
        return Person().Match(PlainText.OneLine(line.TextContent)!).Groups["name"].Value;
    }

    // These labels may also precede other text, so the rest of the line must be a name of two to five words.
    [GeneratedRegex(
        @"^[(\[]?(?i:Người đăng|Người đăng tin|Người thực hiện|Thực hiện|Biên tập|Biên soạn|Đăng bởi|Bởi)\s*:\s*"
            + @"(?<name>(?!(?:Xã|Huyện|Tỉnh|Phường|Thôn|Ngày) )\p{Lu}\p{L}+(?: \p{Lu}\p{L}*){1,4})\s*[.)\]]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Person();

    [GeneratedRegex(
        @"^[(\[]?(?i:Tác giả|Người viết|Bài viết|Bài và ảnh|Bài, ảnh|Bài ảnh|Bài, hình|Tin|Tin, ảnh|Tin và ảnh|"
            + @"Tin ảnh|Tin, bài|Tin bài|Tin và bài)\s*:\s*(?<name>\p{Lu}[^.:;!?…]{1,60}?)\s*[.)\]]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Author();
}
