using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Benchmarks;

/// <summary>
/// Reads numbers like releases before the registry of partitions: each number is the sum of its row in 16 partitions.
/// A request that finds a number older than ten seconds reads it again.
/// </summary>
internal sealed class FormerReader(TableClient table, TimeProvider clock)
{
    private static readonly TimeSpan FreshInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset ReadAt, Task Reading)> _rows = [];

    public Task ReadAsync(string rowKey)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (!_rows.TryGetValue(rowKey, out var row) || now - row.ReadAt >= FreshInterval)
            {
                row = (now, Task.Run(() => ReadPartitionsAsync(rowKey)));
                _rows[rowKey] = row;
            }

            return row.Reading;
        }
    }

    private Task<NullableResponse<TableEntity>[]> ReadPartitionsAsync(string rowKey) =>
        Task.WhenAll(Enumerable.Range(0, VisitTable.UnregisteredPartitions).Select(partition =>
            table.GetEntityIfExistsAsync<TableEntity>(VisitTable.PartitionKey(partition), rowKey)));
}
