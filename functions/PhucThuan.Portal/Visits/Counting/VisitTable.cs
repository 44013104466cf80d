using System.Globalization;
using PhucThuan.Portal.Visits.Counting.Partitions;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Keys in table <c>visits</c>. Counters are distributed over partitions, so that instances do not conflict; a number
/// is the sum of its rows in all of them. The ledger has separate partitions.
/// </summary>
public static class VisitTable
{
    public const string Name = "visits";

    /// <summary>
    /// Number of partitions that are checked every two hours without a mark, because releases without a registry used
    /// them.
    /// </summary>
    public const int UnregisteredPartitions = 16;

    /// <summary>Maximum number of partitions; 200 instances use about 200.</summary>
    public const int MaxPartitions = 1024;

    /// <summary>
    /// Partition with the rows of all view ids, see <see cref="ViewIds"/>. Also the first choice of an instance, so
    /// that a portal with one instance writes ids and counters in one transaction.
    /// </summary>
    public const int HomePartition = 0;

    /// <summary>One row for each partition in use, see <see cref="PartitionRegistry"/>.</summary>
    public const string RegistryPartition = "partitions";

    /// <summary>Row that every commit replaces, with the last commit of each recent writer.</summary>
    public const string FenceRow = "commit";

    /// <summary>Visits and views of the site since counting began.</summary>
    public const string SiteRow = "site";

    /// <summary>Opening balance and corrections, see <see cref="VisitLedger"/>.</summary>
    public const string LedgerPartition = "ledger";

    /// <summary>Opening balances and corrections of the views of articles.</summary>
    public const string ArticleLedgerPartition = "ledger-articles";

    internal const string ArticlePrefix = "article:";
    internal const string DayPrefix = "day:";

    /// <summary>Exclusive end of the keys with <see cref="DayPrefix"/>: <c>;</c> follows <c>:</c>.</summary>
    internal const string DayPrefixEnd = "day;";

    internal const string ArticleDayPrefix = "read:";
    internal const string DroppedPrefix = "dropped:";
    internal const string ReferrerPrefix = "from:";
    internal const string ViewPrefix = "view:";

    /// <summary>Exclusive end of the keys with <see cref="ViewPrefix"/>: <c>;</c> follows <c>:</c>.</summary>
    internal const string ViewPrefixEnd = "view;";

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary><c>00</c> to <c>1023</c>.</summary>
    public static string PartitionKey(int partition) => partition.ToString("00", CultureInfo.InvariantCulture);

    /// <returns>False unless the key has the format of <see cref="PartitionKey"/>.</returns>
    internal static bool TryParsePartition(string partitionKey, out int partition) =>
        int.TryParse(partitionKey, NumberStyles.None, CultureInfo.InvariantCulture, out partition)
        && partition < MaxPartitions
        && PartitionKey(partition) == partitionKey;

    /// <summary>A view that was counted, or claimed for a partition: <c>view:4fzK…</c>.</summary>
    internal static string ViewRow(string viewId) => ViewPrefix + viewId;

    /// <summary>All views of an article: <c>article:thong-bao</c>.</summary>
    public static string ArticleRow(string slug) => ArticlePrefix + slug;

    internal static bool IsOfArticle(string rowKey) => rowKey.StartsWith(ArticlePrefix, StringComparison.Ordinal);

    /// <summary>A day of the site: <c>day:2026-11-24</c>.</summary>
    public static string DayRow(DateOnly day) => DayPrefix + VietnamTime.FormatIso(day);

    /// <summary>A day of an article: <c>read:2026-11-24:thong-bao</c>; sorts by day, then article.</summary>
    public static string ArticleDayRow(DateOnly day, string slug) =>
        $"{ArticleDayPrefix}{VietnamTime.FormatIso(day)}:{slug}";

    /// <summary>Views dropped on a day: <c>dropped:2026-11-24:bot</c>.</summary>
    public static string DroppedRow(DateOnly day, DropReason reason) =>
        $"{DroppedPrefix}{VietnamTime.FormatIso(day)}:{reason.Name()}";

    /// <summary>Visits that came from a site on a day: <c>from:2026-11-24:facebook.com</c>.</summary>
    public static string ReferrerRow(DateOnly day, string host) =>
        $"{ReferrerPrefix}{VietnamTime.FormatIso(day)}:{host}";

    /// <summary>
    /// True for rows that are read by key; daily rows of articles, referrers and drop reasons are read by range.
    /// </summary>
    internal static bool IsReadAlone(string rowKey) =>
        !rowKey.StartsWith(ArticleDayPrefix, StringComparison.Ordinal)
        && !rowKey.StartsWith(ReferrerPrefix, StringComparison.Ordinal)
        && !rowKey.StartsWith(DroppedPrefix, StringComparison.Ordinal);

    /// <summary>
    /// Day and name (article, host or reason, otherwise empty) of a key that starts with <paramref name="prefix"/>.
    /// </summary>
    /// <exception cref="FormatException">The key has another format.</exception>
    internal static (DateOnly Day, string Name) ParseDay(string rowKey, string prefix)
    {
        var parts = rowKey[prefix.Length..].Split(':', 2);
        return (
            DateOnly.ParseExact(parts[0], DayFormat, CultureInfo.InvariantCulture),
            parts.Length == 2 ? parts[1] : "");
    }
}
