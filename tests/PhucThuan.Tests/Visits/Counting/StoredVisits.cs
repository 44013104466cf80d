using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>Reads and writes table <c>visits</c> directly, without caches.</summary>
internal static class StoredVisits
{
    private const int TransactionSize = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<long> SumAsync(TableClient table, string rowKey, Func<Counts, long> number) =>
        await table.QueryAsync<TableEntity>(row => row.RowKey == rowKey, cancellationToken: Cancellation)
            .Select(row => number(Counts.FromEntity(row)))
            .SumAsync(Cancellation);

    /// <summary>All counters by partition and row key, without the fences.</summary>
    public static async Task<Dictionary<(int Partition, string RowKey), Counts>> ReadAsync(TableClient table) =>
        await table.QueryAsync<TableEntity>(
                row => row.RowKey != VisitTable.FenceRow && row.PartitionKey != VisitTable.RegistryPartition,
                cancellationToken: Cancellation)
            .Where(row => !row.RowKey.StartsWith("view:", StringComparison.Ordinal))
            .ToDictionaryAsync(
                row => (int.Parse(row.PartitionKey, System.Globalization.CultureInfo.InvariantCulture), row.RowKey),
                Counts.FromEntity,
                cancellationToken: Cancellation);

    /// <summary>
    /// Writes counters in the state that a stopped instance leaves: with its fence and its entry in the registry.
    /// </summary>
    public static async Task WriteAsync(
        TableClient table, int partition, params IEnumerable<(string RowKey, long Visits, long Views)> rows)
    {
        await WriteUnregisteredAsync(table, partition, rows);
        await table.UpsertEntityAsync(
            new TableEntity(VisitTable.RegistryPartition, VisitTable.PartitionKey(partition))
            {
                ["Writer"] = "",
                ["Time"] = DateTimeOffset.UnixEpoch,
            },
            cancellationToken: Cancellation);
    }

    /// <summary>Writes counters like a release before the registry: with a fence, without an entry in it.</summary>
    public static async Task WriteUnregisteredAsync(
        TableClient table, int partition, params IEnumerable<(string RowKey, long Visits, long Views)> rows)
    {
        var partitionKey = VisitTable.PartitionKey(partition);
        var fence = new TableEntity(partitionKey, VisitTable.FenceRow) { ["Writers"] = "" };
        await table.UpsertEntityAsync(fence, cancellationToken: Cancellation);
        foreach (var chunk in rows.Chunk(TransactionSize))
        {
            await table.SubmitTransactionAsync(
                chunk.Select(row => new TableTransactionAction(
                    TableTransactionActionType.Add,
                    new Counts(row.Visits, row.Views).ToEntity(partitionKey, row.RowKey))),
                Cancellation);
        }
    }

    public static async Task ClearAsync(TableClient table)
    {
        var rows = await table.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation);
        foreach (var chunk in rows.GroupBy(row => row.PartitionKey).SelectMany(group => group.Chunk(TransactionSize)))
        {
            await table.SubmitTransactionAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row)), Cancellation);
        }
    }
}
