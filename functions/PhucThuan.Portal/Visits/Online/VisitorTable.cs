using System.Globalization;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Keys in table <c>visitors</c>: the daily keys, and the visitors of each instance and minute. The rows of all minutes
/// are in one partition, sorted by time, so that one query reads them and one transaction deletes a hundred. Fifty
/// instances write a few rows per second; the limit of a partition is 2,000.
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

    /// <summary>Prefix of the rows of a minute, in UTC: <c>2026-11-24T16:59</c>; sorts by time.</summary>
    public static string MinuteRows(DateTimeOffset minute) =>
        minute.UtcDateTime.ToString(MinuteFormat, CultureInfo.InvariantCulture);

    /// <summary>
    /// Row of a minute, key and instance: <c>2026-11-24T17:00_2026-11-25_5f0c…</c>. An instance writes two rows per
    /// minute, one per key, while it uses two keys.
    /// </summary>
    public static string OnlineRow(DateTimeOffset minute, DateOnly keyDay, string instance) =>
        $"{MinuteRows(minute)}_{KeyRow(keyDay)}_{instance}";

    /// <exception cref="FormatException">The key has another format.</exception>
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
            : throw new FormatException($"'{rowKey}' is not minute_day_instance.");
    }
}
