using System.Globalization;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Visits;

/// <summary>
/// Draws the numbers as an SVG picture, for readers without JavaScript. It cannot inherit the colours of the page.
/// </summary>
public static class VisitPicture
{
    public const string ContentType = "image/svg+xml; charset=utf-8";

    private const int Width = VisitStatistics.PictureWidth;

    private const int LineHeight = VisitStatistics.PictureLineHeight;

    public static string Draw(VisitNumbers numbers)
    {
        (string Label, long? Value)[] lines =
        [
            ("Đang truy cập", numbers.Online),
            ("Hôm nay", numbers.Today),
            ("Tổng truy cập", numbers.Total),
            ("Lượt xem bài này", numbers.Views),
        ];
        var text = string.Concat(lines.Where(line => line.Value is not null).Select((line, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <text x="16" y="{32 + (LineHeight * index)}">{line.Label}</text>
            <text x="284" y="{32 + (LineHeight * index)}" text-anchor="end"
              font-weight="700">{Format(line.Value)}</text>

            """)));
        var height = VisitStatistics.PictureHeightOf(isArticle: numbers.Views is not null);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}"
              viewBox="0 0 {Width} {height}" role="img">
            <title>Thống kê truy cập</title>
            <rect width="{Width}" height="{height}" rx="8" fill="#e8f3ec"/>
            <g fill="#14301f" font-family="system-ui, Roboto, 'Segoe UI', 'Noto Sans', sans-serif" font-size="18">
            {text}</g>
            </svg>
            """);
    }

    private static string Format(long? number) => VietnamTime.Format(number!.Value);
}
