using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Visits.Counting.Partitions;

/// <summary>
/// Which partitions are in use, and by whom: a row for each, written before its first commit and renewed every
/// <see cref="MarkPeriod"/> while its instance counts. A new instance begins at the lowest partition that nobody marked
/// lately; readers learn from it where to look.
/// </summary>
public sealed partial class PartitionRegistry(
    TableServiceClient tables, PortalMetrics metrics, TimeProvider clock, ILogger<PartitionRegistry> logger)
{
    /// <summary>A mark is renewed at this age, with a commit.</summary>
    internal static readonly TimeSpan MarkPeriod = TimeSpan.FromMinutes(5);

    /// <summary>A partition is in use until its mark is this old.</summary>
    internal static readonly TimeSpan ActivePeriod = MarkPeriod * 2;

    private const string WriterProperty = "Writer";
    private const string TimeProperty = "Time";
    private const string SweptProperty = "Swept";

    /// <summary>
    /// Releases before the registry wrote no marks. Their partitions are looked for this often by one of the instances;
    /// those with counters are then registered.
    /// </summary>
    internal static readonly TimeSpan SweepPeriod = TimeSpan.FromHours(2);

    /// <summary>Clocks of instances may differ by this much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);
    private long _sweptAt = DateTimeOffset.UnixEpoch.UtcTicks;

    /// <summary>Names this instance in fences and marks; 64 random bits.</summary>
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

            // The row says that the partition is in use, whatever the state of its properties.
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

    /// <summary>Whether partitions without a mark were looked for within <see cref="SweepPeriod"/>, as far as
    /// <see cref="ReadAsync"/> saw.</summary>
    internal bool IsSwept => clock.GetUtcNow() - SweptAt < SweepPeriod;

    private DateTimeOffset SweptAt
    {
        get => new(Interlocked.Read(ref _sweptAt), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _sweptAt, value.UtcTicks);
    }

    /// <summary>
    /// Registers partitions that have counters and no mark, as in use by nobody. The next mark of this instance tells
    /// the others that they need not look.
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
                // Another instance was faster.
            }
        }

        SweptAt = start;
    }

    /// <summary>Takes the mark back, if it is still this instance's.</summary>
    /// <exception cref="RequestFailedException">Storage failed, or another instance has marked the partition
    /// meanwhile.</exception>
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
    /// Every partition that may have counters: those that are registered, and, while nobody has looked for them, those
    /// of former releases.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed, or the table is missing.</exception>
    internal async Task<IReadOnlyList<int>> ReadPartitionsAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Select(mark => mark.Partition)
            .Union(Unmarked)
            .Order()];

    /// <summary>The partitions that are read whether or not they have a mark.</summary>
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

/// <param name="Time">When <paramref name="Writer"/> last marked it, by that instance's clock.</param>
internal sealed record PartitionMark(int Partition, string Writer, DateTimeOffset Time)
{
    public bool IsActive(DateTimeOffset now) => now - Time < PartitionRegistry.ActivePeriod;
}
