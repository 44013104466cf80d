using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Visits.Counting.Partitions;

/// <summary>
/// Registry of the partitions in use: one row (mark) per partition with the instance that uses it, written before the
/// first commit and renewed every <see cref="MarkPeriod"/>. A new instance chooses a partition without an active mark;
/// readers sum the registered partitions.
/// </summary>
public sealed partial class PartitionRegistry(
    TableServiceClient tables, PortalMetrics metrics, TimeProvider clock, ILogger<PartitionRegistry> logger)
{
    /// <summary>Age at which the next commit renews the mark.</summary>
    internal static readonly TimeSpan MarkPeriod = TimeSpan.FromMinutes(5);

    /// <summary>Age up to which a mark is active: the partition is in use.</summary>
    internal static readonly TimeSpan ActivePeriod = MarkPeriod * 2;

    private const string WriterProperty = "Writer";
    private const string TimeProperty = "Time";
    private const string SweptProperty = "Swept";

    /// <summary>
    /// Interval at which one of the instances searches for partitions with counters but without a mark, and registers
    /// them. Releases without a registry wrote such partitions.
    /// </summary>
    internal static readonly TimeSpan SweepPeriod = TimeSpan.FromHours(2);

    /// <summary>Maximum difference between the clocks of instances.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);
    private long _sweptAt = DateTimeOffset.UnixEpoch.UtcTicks;

    /// <summary>Id of this instance in fences and marks; 64 random bits.</summary>
    public string Writer { get; } = Guid.NewGuid().ToString("N")[..16];

    /// <exception cref="RequestFailedException">Storage failed, or the table is missing.</exception>
    internal async Task<IReadOnlyList<PartitionMark>> ReadAsync(CancellationToken cancellationToken)
    {
        var marks = new List<PartitionMark>();
        var rows = _table.QueryAsync<TableEntity>(
            row => row.PartitionKey == VisitTable.RegistryPartition, cancellationToken: cancellationToken);
        await foreach (var row in rows)
        {
            if (!VisitTable.TryParsePartition(row.RowKey, out var number))
            {
                metrics.DamagedRow();
                Log.ForeignRow(logger, row.RowKey, VisitTable.MaxPartitions - 1);
                continue;
            }

            // The row registers the partition, even if its properties are damaged.
            row.TryGetValue(WriterProperty, out var writer);
            row.TryGetValue(TimeProperty, out var time);
            row.TryGetValue(SweptProperty, out var swept);
            marks.Add(new PartitionMark(
                number, writer as string ?? "", time as DateTimeOffset? ?? DateTimeOffset.UnixEpoch));
            if (swept is DateTimeOffset other && other > SweptAt && other < clock.GetUtcNow() + Skew)
            {
                SweptAt = other;
            }
        }

        return marks;
    }

    /// <summary>Marks the partition as in use by this instance.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    internal Task MarkAsync(int partition, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(
            new TableEntity(VisitTable.RegistryPartition, VisitTable.PartitionKey(partition))
            {
                [WriterProperty] = Writer,
                [TimeProperty] = clock.GetUtcNow(),
                [SweptProperty] = SweptAt,
            },
            TableUpdateMode.Replace,
            cancellationToken);

    /// <summary>
    /// True when, as of the last <see cref="ReadAsync"/>, a sweep was completed within <see cref="SweepPeriod"/>.
    /// </summary>
    internal bool IsSwept => clock.GetUtcNow() - SweptAt < SweepPeriod;

    private DateTimeOffset SweptAt
    {
        get => new(Interlocked.Read(ref _sweptAt), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _sweptAt, value.UtcTicks);
    }

    /// <summary>
    /// Registers unmarked partitions that have counters, as not in use. The next mark of this instance contains the
    /// time of the sweep, so that other instances skip theirs.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    internal async Task CompleteSweepAsync(
        DateTimeOffset start, IEnumerable<int> found, CancellationToken cancellationToken)
    {
        foreach (var partition in found)
        {
            try
            {
                await _table.AddEntityAsync(
                    new TableEntity(VisitTable.RegistryPartition, VisitTable.PartitionKey(partition))
                    {
                        [WriterProperty] = "",
                        [TimeProperty] = DateTimeOffset.UnixEpoch,
                    },
                    cancellationToken);
            }
            catch (RequestFailedException present) when (present.Status == 409)
            {
                // Another instance has registered it.
            }
        }

        SweptAt = start;
    }

    /// <summary>Expires the mark of this instance.</summary>
    /// <exception cref="RequestFailedException">
    /// Storage failed, or another instance has marked the partition in the meantime.
    /// </exception>
    internal async Task ReleaseAsync(int partition, CancellationToken cancellationToken)
    {
        var row = await _table.FindAsync(
            VisitTable.RegistryPartition, VisitTable.PartitionKey(partition), cancellationToken);
        if (row is not null && row.TryGetValue(WriterProperty, out var writer) && Equals(writer, Writer))
        {
            row[TimeProperty] = DateTimeOffset.UnixEpoch;
            await _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <summary>
    /// Every partition that may have counters: the registered ones and, before a sweep, those of earlier releases.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed, or the table is missing.</exception>
    internal async Task<IReadOnlyList<int>> ReadPartitionsAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Select(mark => mark.Partition)
            .Union(Unmarked)
            .Order()];

    /// <summary>The partitions that are read even without a mark.</summary>
    internal IEnumerable<int> Unmarked => IsSwept
        ? [VisitTable.HomePartition]
        : Enumerable.Range(0, VisitTable.UnregisteredPartitions);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Damaged row: table visits, partition 'partitions' has row '{RowKey}'; allowed are 00 to {Last}")]
        public static partial void ForeignRow(ILogger logger, string rowKey, int last);
    }
}

/// <param name="Time">Time of the mark, by the clock of <paramref name="Writer"/>.</param>
internal sealed record PartitionMark(int Partition, string Writer, DateTimeOffset Time)
{
    public bool IsActive(DateTimeOffset now) => now - Time < PartitionRegistry.ActivePeriod;
}
