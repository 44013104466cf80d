using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Reads counters: the sums of a row over all partitions. Numbers of the site and of a day are at most about 15 seconds
/// old (10 in this cache, 5 in <see cref="PartitionWatch"/>), views of an article 35 seconds. Commits of this instance
/// are visible at once. When no other instance counts, only the registry is read.
/// </summary>
public sealed partial class VisitReader(
    TableServiceClient tables, PartitionWatch watch, KnownCounts known, PortalMetrics metrics, TimeProvider clock,
    ILogger<VisitReader> logger)
{
    /// <summary>Maximum number of cached counters: site, days, requested articles.</summary>
    private const int MaxCounters = 20_000;

    private static readonly TimeSpan FreshInterval = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longer than for the site, because with several instances most read rows are those of articles.
    /// </summary>
    private static readonly TimeSpan ArticleFreshInterval = TimeSpan.FromSeconds(30);

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);
    private readonly ConcurrentDictionary<string, Refreshed<IReadOnlyDictionary<int, Counts>>> _counters = new();

    /// <exception cref="Azure.RequestFailedException">Storage failed, and the row was never read before.</exception>
    public async Task<StoredCounts> ReadAsync(string rowKey, CancellationToken cancellationToken)
    {
        if (_counters.Count >= MaxCounters)
        {
            _counters.Clear();
        }

        var counter = _counters.GetOrAdd(
            rowKey,
            key => new Refreshed<IReadOnlyDictionary<int, Counts>>(
                former => LoadAsync(key, former),
                VisitTable.IsOfArticle(key) ? ArticleFreshInterval : FreshInterval,
                clock));
        return new StoredCounts(rowKey, known, await counter.GetAsync(cancellationToken));
    }

    private async Task<IReadOnlyDictionary<int, Counts>> LoadAsync(
        string rowKey, IReadOnlyDictionary<int, Counts>? former)
    {
        // No cancellation by the first request, because the result is shared. The client's timeouts limit the wait.
        var partitions = await watch.CheckAsync();
        var counts = await Task.WhenAll(partitions.Select(async partition =>
            (Partition: partition, Counts: await ReadRowAsync(partition, rowKey))));
        var merged = new Dictionary<int, Counts>(former ?? new Dictionary<int, Counts>());
        foreach (var (partition, read) in counts)
        {
            merged[partition] = Counts.Newer(merged.GetValueOrDefault(partition), read);
        }

        return merged;
    }

    private async Task<Counts> ReadRowAsync(int partition, string rowKey)
    {
        if (known.Find(partition, rowKey) is { } counts)
        {
            return counts;
        }

        var version = known.VersionOf(partition);
        var row = await _table.FindAsync(VisitTable.PartitionKey(partition), rowKey, CancellationToken.None);
        try
        {
            var read = row is null ? default : Counts.FromEntity(row);
            known.Keep(partition, version, rowKey, read);
            return read;
        }
        catch (FormatException fault)
        {
            // The last known value of this partition is shown. The counter has moved to another partition.
            metrics.DamagedRow();
            Log.DamagedRow(logger, fault.Message);
            return default;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error, Message = "Damaged row: {Reason} The last known numbers are shown.")]
        public static partial void DamagedRow(ILogger logger, string reason);
    }
}

/// <summary>
/// The rows of a counter as read from storage. <see cref="Sum"/> includes later commits of this instance.
/// </summary>
public sealed class StoredCounts(string rowKey, KnownCounts known, IReadOnlyDictionary<int, Counts> rows)
{
    public Counts Sum() => Latest().Values.Aggregate(default(Counts), Counts.Add);

    /// <summary>
    /// The sum of this counter, at least that of <paramref name="part"/>: the site's total is never below the day's,
    /// even when one of them is stale.
    /// </summary>
    public Counts SumIncluding(StoredCounts part)
    {
        var (all, least) = (Latest(), part.Latest());
        return all.Keys.Union(least.Keys)
            .Select(partition => Counts.Newer(all.GetValueOrDefault(partition), least.GetValueOrDefault(partition)))
            .Aggregate(default(Counts), Counts.Add);
    }

    private Dictionary<int, Counts> Latest()
    {
        var latest = new Dictionary<int, Counts>(rows);
        foreach (var (partition, committed) in known.CommittedTo(rowKey))
        {
            latest[partition] = Counts.Newer(latest.GetValueOrDefault(partition), committed);
        }

        return latest;
    }
}
