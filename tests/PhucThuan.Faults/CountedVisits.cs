using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Faults;

/// <summary>Visits in storage: the sum of all partitions for each row key of <see cref="VisitTable"/>.</summary>
internal sealed class CountedVisits
{
    private readonly Dictionary<string, long> _rows;

    private CountedVisits(Dictionary<string, long> rows) => _rows = rows;

    public static async Task<CountedVisits> ReadAsync(string connection, CancellationToken cancellationToken)
    {
        var rows = await new TableClient(connection, VisitTable.Name)
            .QueryAsync<TableEntity>(cancellationToken: cancellationToken)
            .Where(row =>
                row.RowKey != VisitTable.FenceRow
                && row.PartitionKey != VisitTable.RegistryPartition
                && !row.RowKey.StartsWith("view:", StringComparison.Ordinal))
            .ToListAsync(cancellationToken);
        return new(rows.GroupBy(row => row.RowKey)
            .ToDictionary(group => group.Key, group => group.Sum(row => row.GetInt64("Visits")!.Value)));
    }

    /// <summary>0 for a row that does not exist.</summary>
    public long Of(string row) => _rows.GetValueOrDefault(row);

    public IEnumerable<KeyValuePair<string, long>> RowsOf(string prefix) =>
        _rows.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal));
}
