using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// The author whom the text names in a line of its own: <c>Tác giả: Lê Thị Hoa</c>, <c>Bài và ảnh: Ban Biên tập</c>.
/// </summary>
internal static partial class Byline
{
    /// <summary>Lines at the beginning and at the end of the text among which the author is looked for.</summary>
    private const int MaxLines = 4;

    /// <summary>Removes the line, because the page shows the author above the text; null without one.</summary>
    public static string? Take(IElement content)
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

        return null;
    }

    [GeneratedRegex(
        @"^[(\[]?(?i:Tác giả|Người viết|Bài viết|Bài và ảnh|Bài, ảnh|Bài ảnh|Bài, hình|Tin|Tin, ảnh|Tin và ảnh|Tin "
            + @"ảnh|Tin, bài|Tin bài|Tin và bài)\s*:\s*"
        + @"(?<name>\p{Lu}[^.:;!?…]{1,60}?)\s*[.)\]]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Author();
}
