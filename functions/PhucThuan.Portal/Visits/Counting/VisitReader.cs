using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Reads counters: the sum of a row in all partitions. The numbers of site and day are at most about 15 seconds old, 10
/// of their own and 5 of the <see cref="PartitionWatch"/>, views of an article 35; commits of this instance show at
/// once. Where nobody else counts nothing is read but the registry.
/// </summary>
public sealed partial class VisitReader(
    TableServiceClient tables, PartitionWatch watch, KnownCounts known, PortalMetrics metrics, TimeProvider clock,
    ILogger<VisitReader> logger)
{
    /// <summary>Counters in memory: site, days and articles that were asked for.</summary>
    private const int MaxCounters = 20_000;

    private static readonly TimeSpan FreshInterval = TimeSpan.FromSeconds(10);

    /// <summary>Articles are many, and with several instances nearly all reads are theirs.</summary>
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
        // Not the first reader's token: the result is for all. The client's timeouts bound it.
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
            // The number last known of this partition is shown; the counter has moved to another one.
            metrics.DamagedRow();
            Log.DamagedRow(logger, fault.Message);
            return default;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error, Message = "Damaged row: {Reason} Its numbers are shown as they were last read.")]
        public static partial void DamagedRow(ILogger logger, string reason);
    }
}

/// <summary>One counter's rows as they were read; <see cref="Sum"/> includes what this instance committed
/// since.</summary>
public sealed class StoredCounts(string rowKey, KnownCounts known, IReadOnlyDictionary<int, Counts> rows)
{
    public Counts Sum() => Latest().Values.Aggregate(default(Counts), Counts.Add);

    /// <summary>
    /// The sum of this counter, which includes <paramref name="part"/>: the site's is never below the day's, even if
    /// one of the two could not be read lately.
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
