using System.Globalization;

namespace PhucThuan.Portal.Articles;

/// <summary>Dates as editors and their programs write them. Without an offset, a time is Vietnam's.</summary>
public static class ArticleDate
{
    private static readonly string[] WithOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK",
    ];

    private static readonly string[] WithoutOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "d-M-yyyy HH:mm", "d/M/yyyy HH:mm", "d-M-yyyy", "d/M/yyyy",
    ];

    /// <summary>Null when the text is no date in one of the known forms.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        text = TrimFraction(text?.Trim());
        if (DateTime.TryParseExact(text, WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return new DateTimeOffset(local, VietnamTime.Zone.GetUtcOffset(local));
        }

        return DateTimeOffset.TryParseExact(
            text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;
    }

    /// <summary>LibreOffice writes nanoseconds, .NET reads seven decimals: the rest is cut off.</summary>
    private static string? TrimFraction(string? text)
    {
        const int SevenDecimals = 8;
        var point = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (point < 0)
        {
            return text;
        }

        var end = point + 1;
        while (end < text!.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text[..Math.Min(end, point + SevenDecimals)] + text[end..];
    }
}
