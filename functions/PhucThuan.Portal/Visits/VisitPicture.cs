using System.Globalization;

namespace PhucThuan.Portal.Visits;

/// <summary>The numbers as an SVG picture, for readers without script. Its own colours: it cannot see the page's.</summary>
public static class VisitPicture
{
    public const string ContentType = "image/svg+xml; charset=utf-8";

    public static string Draw(VisitNumbers numbers)
    {
        (string Label, long Value)[] lines =
        [
            ("Đang truy cập", numbers.Online),
            ("Hôm nay", numbers.Today),
            ("Tổng truy cập", numbers.Total),
            ("Lượt xem bài này", numbers.Views ?? 0),
        ];
        var text = string.Concat(lines.Select((line, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <text x="16" y="{32 + (28 * index)}">{line.Label}</text>
            <text x="284" y="{32 + (28 * index)}" text-anchor="end" font-weight="700">{VietnamTime.Format(line.Value)}</text>

            """)));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="300" height="128" viewBox="0 0 300 128" role="img">
            <title>Thống kê truy cập</title>
            <rect width="300" height="128" rx="8" fill="#e8f3ec"/>
            <g fill="#14301f" font-family="system-ui, Roboto, 'Segoe UI', 'Noto Sans', sans-serif" font-size="18">
            {text}</g>
            </svg>
            """;
    }
}
