using System.Globalization;
using System.Text.RegularExpressions;
using PhucThuan.Portal.Articles.Characters;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// Parses dates in the formats of people in Viet Nam, Word, Excel, WordPress, NukeViet, Facebook and mail programs. The
/// day precedes the month. A time without an offset is in Asia/Ho_Chi_Minh.
/// </summary>
public static partial class ArticleDate
{
    private const int MaxLength = 200;

    // Added to years with two digits.
    private const int Century = 2000;

    // Earlier years are typing errors.
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    /// <summary>Null unless the text is exactly one date, with or without a time, in a supported format.</summary>
    /// <param name="text">
    /// ISO 8601 and RFC 822 dates; day, month and year in digits (<c>20/11/2026</c>), with a Vietnamese or an English
    /// month (<c>20 Th11, 2026</c>, <c>Nov 20, 2026</c>); a time before or after (<c>7:30 SA</c>, <c>9 giờ 40
    /// phút</c>). A weekday, a label (<c>Ngày đăng:</c>) and a place before <c>ngày</c> are skipped; the weekday is not
    /// compared with the date.
    /// </param>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length > MaxLength)
        {
            return null;
        }

        // Browsers insert direction marks into formatted dates.
        var rest = Spaces().Replace(VietnameseText.Fold(CleanCharacters.Clean(text)), " ").Trim();
        return Iso().Match(rest) is { Success: true } iso
            ? Create(iso, TimeOf(iso), iso.Groups["offset"].Value)
            : ParseWords(rest);
    }

    private static DateTimeOffset? ParseWords(string rest)
    {
        var zone = Extract(Zone(), ref rest);
        var time = Extract(Time(), ref rest);
        var date = Extract(NumericDate(), ref rest) ?? Extract(YearFirstDate(), ref rest)
            ?? Extract(VietnameseDate(), ref rest) ?? Extract(EnglishDate(), ref rest)
            ?? Extract(MonthFirstDate(), ref rest);
        if (date is null || !Filler().IsMatch(rest) || TimeOf(time) is not { } clock)
        {
            return null;
        }

        return Create(date, clock, zone?.Groups["utc"].Success == true ? "z" : zone?.Groups["offset"].Value ?? "");
    }

    /// <summary>Replaces the match by a bar, which separates the remaining parts.</summary>
    private static Match? Extract(Regex pattern, ref string rest)
    {
        if (pattern.Match(rest) is not { Success: true } match)
        {
            return null;
        }

        rest = string.Concat(rest.AsSpan(0, match.Index), "|", rest.AsSpan(match.Index + match.Length));
        return match;
    }

    /// <summary>Midnight without a match; null for an invalid time.</summary>
    private static TimeOnly? TimeOf(Match? match)
    {
        if (match is null)
        {
            return TimeOnly.MinValue;
        }

        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        minute = match.Groups["half"].Success ? 30 : minute;
        var half = match.Groups["part"].Value.Replace(".", "", StringComparison.Ordinal);
        if (half is "ch" or "pm" or "chieu" or "toi" && hour < 12)
        {
            hour += 12;
        }
        else if (half is "sa" or "am" or "sang" or "dem" && hour == 12)
        {
            hour = 0;
        }

        return hour > 23 || minute > 59 || second > 59 ? null : new TimeOnly(hour, minute, second);
    }

    private static DateTimeOffset? Create(Match date, TimeOnly? time, string offset)
    {
        var (year, month, day) = (Number(date, "year"), MonthOf(date), Number(date, "day"));
        if (date.Groups["year"].Length == 2)
        {
            // 26-12-24 may be in 2024 or in 2026. The later date is used, so that nothing is published too early.
            if (IsDay(Century + day, month, year) && day > year)
            {
                return null;
            }

            year += Century;
        }

        if (time is null || !IsDay(year, month, day))
        {
            return null;
        }

        var local = new DateOnly(year, month, day).ToDateTime(time.Value);
        return OffsetOf(offset, local) is { } found ? new DateTimeOffset(local, found) : null;
    }

    private static bool IsDay(int year, int month, int day) =>
        year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1
            && day <= DateTime.DaysInMonth(year, month);

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits }
        ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
        : 0;

    private static int MonthOf(Match date)
    {
        if (!date.Groups["name"].Success)
        {
            return Number(date, "month");
        }

        var name = date.Groups["name"].Value;
        return Array.IndexOf(VietnameseMonths, name) is var month and >= 0
            ? VietnameseMonthNumbers[month]
            : Array.FindIndex(EnglishMonths, english => name.StartsWith(english, StringComparison.Ordinal)) + 1;
    }

    /// <summary>Null for an offset that no time zone uses.</summary>
    private static TimeSpan? OffsetOf(string offset, DateTime local)
    {
        if (offset is "" or "z")
        {
            return offset.Length == 0 ? VietnamTime.Zone.GetUtcOffset(local) : TimeSpan.Zero;
        }

        var digits = offset[1..].Replace(":", "", StringComparison.Ordinal).Trim();
        digits = digits.Length % 2 == 0 ? digits : "0" + digits;
        var minutes = (int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60)
            + (digits.Length == 4 ? int.Parse(digits[2..], CultureInfo.InvariantCulture) : 0);
        return minutes > 14 * 60 ? null : TimeSpan.FromMinutes(offset[0] == '-' ? -minutes : minutes);
    }

    private static readonly string[] EnglishMonths = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
        "oct", "nov", "dec"];

    private static readonly string[] VietnameseMonths =
    [
        "mot", "gieng", "hai", "ba", "tu", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai",
        "chap",
    ];

    private static readonly int[] VietnameseMonthNumbers = [1, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12];

    private const string VietnameseName =
        "(?<name>muoi mot|muoi hai|muoi|mot|gieng|hai|ba|tu|bon|nam|sau|bay|tam|chin|chap)";

    private const string EnglishName =
        "(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
            + "oct(?:ober)?"
        + @"|nov(?:ember)?|dec(?:ember)?)\.?";

    // Names of time zones with offset +07:00.
    private const string ZoneName =
        "ict|indochina time|se asia standard time|gio (?:chuan )?(?:dong duong|viet nam)|asia/(?:ho_chi_minh|saigon|"
            + "bangkok)";

    private const string Year = "(?<year>[0-9]{4}|[0-9]{2})(?![0-9])";

    private const string Month = "(?:thang|thg|th|t)[ .]?(?:(?<month>[0-9]{1,2})|" + VietnameseName + ")(?![0-9a-z])";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    // For folded text. Fractions of a second (LibreOffice writes nanoseconds) are ignored.
    [GeneratedRegex(
        @"^(?:[+]?(?<year>[0-9]{4})(?<sign>[-/.])(?<month>[0-9]{1,2})\k<sign>(?<day>[0-9]{1,2})|(?<year>"
            + @"[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2}))"
        + @"(?:(?:t|[, ]+)(?<hour>[0-9]{1,2}):?(?<minute>[0-9]{2})(?::?(?<second>[0-9]{2})(?:[.,][0-9]*)?)?(?: "
        + @"?(?<part>sa|ch|am|pm))?"
        + @" ?(?:(?:gmt|utc)? ?(?<offset>z|[+-][0-9]{2}(?::?[0-9]{2})?))?(?:\[asia/[a-z_]+\])?|z)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(
        @"(?:[(\[ ]|(?<=[0-9m]))(?:(?:gmt|utc) ?(?<offset>[+-] ?[0-9]{1,2}(?::?[0-9]{2})?)|(?<utc>gmt|utc)|" + ZoneName
        + @"|(?<offset>(?<=:[0-9]{2} ?)(?:[+-][0-9]{2}:?[0-9]{2}|\+[0-9]{2}(?![0-9:]))))"
        + @"(?: ?[(\[](?:" + ZoneName + @")[)\]])?[)\]]?(?=$|[ |,)])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Zone();

    [GeneratedRegex(
        @"(?<![0-9/.:-])(?<hour>[0-9]{1,2}) ?(?:: ?(?<minute>[0-9]{2})(?:: ?(?<second>[0-9]{2})(?:[.,][0-9]+)?)?"
        + @"|(?:h(?![a-z])|g(?![a-z])|gio(?![a-z]))(?: ?ruoi(?<half>)| ?(?<minute>[0-9]{1,2})(?![0-9/.-])(?: ?(?:phut|"
        + @"ph|p(?![a-z])|['’′]))?(?: ?(?<second>[0-9]{2})(?![0-9/.-]) ?(?:giay|s|""))?)?)"
        + @"(?: ?(?:h|gio)(?![a-z]))?(?: ?(?:phut|['’′]))?(?: ?(?:buoi )?(?<part>a\.?m\.?|p\.?m\.?|sa|ch|sang|trua|"
        + @"chieu|toi|dem)(?![a-z]))?(?![0-9:])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"(?<![0-9])(?<day>[0-9]{1,2}) ?(?<sign>[-/.\u2013\u2212]) ?(?<month>[0-9]{1,2})(?: ?\k<sign> ?|,? nam )"
            + Year,
        RegexOptions.CultureInvariant)]
    private static partial Regex NumericDate();

    [GeneratedRegex(
        "(?<![0-9])(?<year>[0-9]{4}) ?(?<sign>[-/.]) ?(?<month>[0-9]{1,2}) ?\\k<sign> ?(?<day>[0-9]{1,2})(?![0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex YearFirstDate();

    [GeneratedRegex(
        @"(?<![0-9])(?<day>[0-9]{1,2})[ ,/.-]*" + Month + "(?:[ ,/.-]*(?:nam )?)" + Year,
        RegexOptions.CultureInvariant)]
    private static partial Regex VietnameseDate();

    [GeneratedRegex(
        @"(?<![0-9])(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[ ,./-]*(?:of )?" + EnglishName + "[ ,./-]*" + Year,
        RegexOptions.CultureInvariant)]
    private static partial Regex EnglishDate();

    // Formats of WordPress and JavaScript. A bar before the year stands for a time that has been extracted.
    [GeneratedRegex(
        @"(?<![0-9a-z])(?:" + EnglishName + "|" + Month
            + @")[ .-]*(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[ ,|]+(?:nam )?(?<year>[0-9]{4})(?![0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex MonthFirstDate();

    private const string Weekday =
        @"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|chua nhat|cn"
        + "|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)";

    private const string Label =
        "(?:da )?(?:ngay (?:dang|xuat ban|phat hanh|ban hanh|ky|viet|cap nhat|gui)|dang|dang tin|gui|xuat ban|"
            + "cap nhat(?: lan cuoi)?|thoi gian(?: dang)?|posted|published|updated|date)"
        + "(?: (?:ngay|luc|on|at))?";

    // Text that may remain: a place and a comma before “ngày”, or the following words.
    [GeneratedRegex(
        @"^(?:\p{L}[\p{L} .-]{0,60}, (?=ngay )|(?:" + Label
            + @"[: ]+)?)(?:[ ,;|@\u2022\u00b7\u2013\u2014()./-]|(?<![a-z])(?:" + Weekday
        + @"|ngay|mung|mong|luc|vao|hoi|tu|at|on)(?![a-z0-9])|(?<=\|)t(?=\|))*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Filler();
}
