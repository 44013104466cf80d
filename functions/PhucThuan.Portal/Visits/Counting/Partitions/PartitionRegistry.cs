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

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

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
            marks.Add(new PartitionMark(
                number, writer as string ?? "", time as DateTimeOffset? ?? DateTimeOffset.UnixEpoch));
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
            },
            TableUpdateMode.Replace,
            cancellationToken);

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

    /// <summary>Every partition that may have counters: those of former releases, and those that are
    /// registered.</summary>
    /// <exception cref="RequestFailedException">Storage failed, or the table is missing.</exception>
    internal async Task<IReadOnlyList<int>> ReadPartitionsAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Select(mark => mark.Partition)
            .Union(Enumerable.Range(0, VisitTable.UnregisteredPartitions))
            .Order()];

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
