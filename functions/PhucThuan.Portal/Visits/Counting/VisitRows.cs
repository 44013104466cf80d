using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>Reads ranges of counters, each summed over all partitions.</summary>
public sealed partial class VisitRows(
    TableServiceClient tables, PartitionRegistry registry, PortalMetrics metrics, ILogger<VisitRows> logger)
{
    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

    /// <summary>
    /// The counters with row keys from <paramref name="first"/> (inclusive) to <paramref name="end"/> (exclusive), in
    /// ordinal order. Merges one query per partition as a stream, so memory does not grow with the range.
    /// </summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public async IAsyncEnumerable<(string RowKey, Counts Counts)> ReadAsync(
        string first, string end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var partitions = await registry.ReadPartitionsAsync(cancellationToken);
        var cursors = partitions
            .Select(partition => Query(VisitTable.PartitionKey(partition), first, end, cancellationToken))
            .ToList();
        try
        {
            var hasRow = await Task.WhenAll(cursors.Select(cursor => cursor.MoveNextAsync().AsTask()));
            var next = new PriorityQueue<IAsyncEnumerator<TableEntity>, string>(StringComparer.Ordinal);
            next.EnqueueRange(cursors
                .Where((_, index) => hasRow[index])
                .Select(cursor => (cursor, cursor.Current.RowKey)));
            while (next.TryPeek(out _, out var rowKey))
            {
                var sum = default(Counts);
                while (next.TryPeek(out var cursor, out var same) && same == rowKey)
                {
                    next.Dequeue();
                    sum += Read(cursor.Current);
                    if (await cursor.MoveNextAsync())
                    {
                        next.Enqueue(cursor, cursor.Current.RowKey);
                    }
                }

                yield return (rowKey, sum);
            }
        }
        finally
        {
            foreach (var cursor in cursors)
            {
                await cursor.DisposeAsync();
            }
        }
    }

    /// <summary>Zero for a damaged row, so that the other rows are still shown.</summary>
    private Counts Read(TableEntity row)
    {
        try
        {
            return Counts.FromEntity(row);
        }
        catch (FormatException damage)
        {
            metrics.DamagedRow();
            Log.DamagedRow(logger, damage.Message);
            return default;
        }
    }

    private IAsyncEnumerator<TableEntity> Query(
        string partitionKey, string first, string end, CancellationToken cancellationToken) =>
        _table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {partitionKey} and RowKey ge {first} and RowKey lt {end}"),
                cancellationToken: cancellationToken)
            .GetAsyncEnumerator(cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Damaged row: {Reason} The row is omitted.")]
        public static partial void DamagedRow(ILogger logger, string reason);
    }
}
