using System.Globalization;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>Dates as editors and their programs write them. Without an offset, a time is Vietnam's.</summary>
public static partial class ArticleDate
{
    /// <summary>Years of two digits are of this century.</summary>
    private const int Century = 2000;

    // What is outside is a slip of the keyboard.
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    /// <summary>Null when the text is no date in one of the known forms.</summary>
    /// <param name="text">
    /// Day, month and year as people write them here, with or without a time before or after (<c>20-11-2026 07:30</c>,
    /// <c>7h30, 20/11/26</c>, <c>Thứ Sáu, ngày 20 tháng 11 năm 2026</c>; nobody checks the day of the week, nor the place before it in letters), or ISO 8601
    /// (<c>2026-11-20T07:30:00+07:00</c>).
    /// </param>
    public static DateTimeOffset? Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        var match = Iso().Match(trimmed) is { Success: true } iso ? iso : People().Match(VietnameseText.Fold(trimmed));
        if (!match.Success)
        {
            return null;
        }

        var year = Number(match, "year");
        var (month, day) = (Number(match, "month"), Number(match, "day"));
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        year = match.Groups["year"].Length == 2 ? year + Century : year;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
        return OffsetOf(match.Groups["offset"].Value, local) is { } offset ? new DateTimeOffset(local, offset) : null;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    /// <summary>Null for an offset that no place on earth has.</summary>
    private static TimeSpan? OffsetOf(string offset, DateTime local)
    {
        if (offset is "" or "Z" or "z")
        {
            return offset.Length == 0 ? VietnamTime.Zone.GetUtcOffset(local) : TimeSpan.Zero;
        }

        var digits = offset[1..].Replace(":", "", StringComparison.Ordinal);
        var minutes = (int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(digits[2..], CultureInfo.InvariantCulture);
        return minutes > 14 * 60 ? null : TimeSpan.FromMinutes(offset[0] == '-' ? -minutes : minutes);
    }

    // Fractions of a second (LibreOffice writes nanoseconds) are of no use to readers.
    [GeneratedRegex(
        @"^(?<year>[0-9]{4})(?<sign>[-/.])(?<month>[0-9]{1,2})\k<sign>(?<day>[0-9]{1,2})"
        + @"(?:[T ]+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:\.[0-9]*)?)?(?<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    private const string Place = @"(?:[\p{L}][\p{L} .-]{0,60}, (?=ngay ))?";
    private const string Between = @"[,|\u2013 -]+(?:luc )?";
    private const string Weekday = "(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn)[, ]+)?(?:ngay )?";
    private const string Time = "(?<hour>[0-9]{1,2})(?::|h| ?g(?:io)? ?)(?:(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})| ?phut)?)?";
    private const string Day = "(?<day>[0-9]{1,2})(?:(?<sign>[-/.])(?<month>[0-9]{1,2})\\k<sign>| thang (?<month>[0-9]{1,2})(?:, | nam |/))(?<year>[0-9]{4}|[0-9]{2})";

    // Of text without marks. Between day and time stands what portals put there; some add that the zone is Vietnam's.
    [GeneratedRegex(
        "^" + Place + Weekday + "(?:(?:luc )?" + Time + @"[,|\u2013 -]+" + Weekday + ")?" + Day + "(?:" + Between + Time + @")?(?: \(?(?:gmt|utc) ?\+0?7\)?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex People();
}
