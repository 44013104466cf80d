using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Benchmarks;

/// <summary>
/// Reads numbers as releases before the registry of partitions did: each is the sum of its row in 16 partitions, read
/// again at an age of ten seconds by the request that finds it that old.
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
