using System.Globalization;

namespace PhucThuan.Portal;

/// <summary>Dates and days in Asia/Ho_Chi_Minh: UTC+7 without daylight saving time since 13 June 1975.</summary>
public static class VietnamTime
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("vi-VN");

    private static readonly string[] Weekdays =
        ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

    /// <summary>The same instant with the offset of <see cref="Zone"/>.</summary>
    public static DateTimeOffset ToVietnamTime(this DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>The calendar day of an instant in <see cref="Zone"/>.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToVietnamTime().DateTime);

    /// <summary>Start of a day in <see cref="Zone"/>, with the offset of that day: +08:00 until 12 June 1975.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }

    /// <summary>For readers: <c>02-10-2021 09:40</c>.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.ToVietnamTime().ToString("dd-MM-yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For readers: <c>02-10-2021</c>.</summary>
    public static string Format(DateOnly day) => day.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture);

    /// <summary>For lists: <c>Thứ Tư, 18/11/2026, 16:30</c>.</summary>
    public static string FormatLong(DateTimeOffset instant) =>
        FormatLong(DayOf(instant)) + instant.ToVietnamTime().ToString("', 'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For lists: <c>Thứ Tư, 18/11/2026</c>.</summary>
    public static string FormatLong(DateOnly day) =>
        $"{WeekdayOf(day)}, {FormatDay(day)}";

    /// <summary>For tables and sentences: <c>18/11/2026</c>.</summary>
    public static string FormatDay(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>For readers: <c>Thứ Tư</c>.</summary>
    public static string WeekdayOf(DateOnly day) => Weekdays[(int)day.DayOfWeek];

    /// <summary>For readers: <c>1.731.932</c>.</summary>
    public static string Format(long number) => number.ToString("N0", Culture);

    /// <summary>Machine-readable: <c>2021-10-02</c> (RFC 3339); sorts chronologically.</summary>
    public static string FormatIso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>For <c>&lt;time datetime&gt;</c>: <c>2021-10-02T09:40:00+07:00</c>.</summary>
    public static string FormatIso(DateTimeOffset instant) =>
        instant.ToVietnamTime().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
