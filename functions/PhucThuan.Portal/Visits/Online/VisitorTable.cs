using System.Globalization;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Names in table <c>visitors</c>: the keys of the days, and what each instance saw in each of the last minutes. All
/// rows of a moment stand side by side in one partition: one query reads them, one transaction deletes a hundred. Fifty
/// instances write a few rows a second there; a partition takes 2,000.
/// </summary>
public static class VisitorTable
{
    public const string Name = "visitors";

    public const string KeyPartition = "key";

    public const string OnlinePartition = "online";

    private const string DayFormat = "yyyy-MM-dd";
    private const string MinuteFormat = "yyyy-MM-ddTHH:mm";

    /// <summary><c>2026-11-24</c>; sorts by time.</summary>
    public static string KeyRow(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>The minute in UTC, which all its rows begin with: <c>2026-11-24T16:59</c>; sorts by time.</summary>
    public static string MinuteRows(DateTimeOffset minute) =>
        minute.UtcDateTime.ToString(MinuteFormat, CultureInfo.InvariantCulture);

    /// <summary>
    /// One row for each minute and instance; two where the key changes, one under either day's:
    /// <c>2026-11-24T17:00_2026-11-25_5f0c…</c>.
    /// </summary>
    public static string OnlineRow(DateTimeOffset minute, DateOnly keyDay, string instance) =>
        $"{MinuteRows(minute)}_{KeyRow(keyDay)}_{instance}";

    /// <exception cref="FormatException">The row was written by something else.</exception>
    public static (DateTimeOffset Minute, DateOnly KeyDay) ParseOnlineRow(string rowKey)
    {
        var parts = rowKey.Split('_');
        return parts.Length == 3
            ? (
                DateTimeOffset.ParseExact(
                    parts[0],
                    MinuteFormat,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal),
                DateOnly.ParseExact(parts[1], DayFormat, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{rowKey}' is no minute_day_instance.");
    }
}
