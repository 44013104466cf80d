using System.Globalization;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Names in table <c>visits</c>. The counters are spread over partitions, so that instances do not meet; a number is the
/// sum of its rows in all of them. Beside them stands partition <c>ledger</c>.
/// </summary>
public static class VisitTable
{
    public const string Name = "visits";

    public const int Partitions = 16;

    /// <summary>Row that every commit replaces, with the last commit of each recent writer.</summary>
    public const string FenceRow = "commit";

    /// <summary>Everything since the portal counts.</summary>
    public const string SiteRow = "site";

    /// <summary>The days that <see cref="VisitRetention"/> has taken out, added up: days and this make <see cref="SiteRow"/>.</summary>
    public const string FoldedRow = "folded";

    /// <summary>Opening balance and corrections, see <see cref="VisitLedger"/>.</summary>
    public const string LedgerPartition = "ledger";

    internal const string DayPrefix = "day:";
    internal const string ArticleDayPrefix = "read:";
    internal const string DroppedPrefix = "dropped:";

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary><c>00</c> to <c>15</c>.</summary>
    public static string PartitionKey(int partition) => partition.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>An article since the portal counts: <c>article:thong-bao</c>.</summary>
    public static string ArticleRow(string slug) => "article:" + slug;

    /// <summary>A day of the site: <c>day:2026-11-24</c>.</summary>
    public static string DayRow(DateOnly day) => DayPrefix + VietnamTime.FormatIso(day);

    /// <summary>A day of an article: <c>read:2026-11-24:thong-bao</c>; sorts by day, then article.</summary>
    public static string ArticleDayRow(DateOnly day, string slug) => $"{ArticleDayPrefix}{VietnamTime.FormatIso(day)}:{slug}";

    /// <summary>Views dropped on a day: <c>dropped:2026-11-24:bot</c>.</summary>
    public static string DroppedRow(DateOnly day, DropReason reason) => $"{DroppedPrefix}{VietnamTime.FormatIso(day)}:{reason.Name()}";

    /// <summary>Day and article (or reason, or nothing) of a row whose key starts with <paramref name="prefix"/>.</summary>
    /// <exception cref="FormatException">The row was written by something else.</exception>
    internal static (DateOnly Day, string Name) ParseDay(string rowKey, string prefix)
    {
        var parts = rowKey[prefix.Length..].Split(':', 2);
        return (DateOnly.ParseExact(parts[0], DayFormat, CultureInfo.InvariantCulture), parts.Length == 2 ? parts[1] : "");
    }
}
