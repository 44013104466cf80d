using Azure.Data.Tables;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Tests.Visits;

/// <summary>Reads the table as it is, past every cache.</summary>
internal static class StoredVisits
{
    public static async Task<long> SumAsync(TableClient table, string rowKey, Func<Counts, long> number) =>
        await table.QueryAsync<TableEntity>(row => row.RowKey == rowKey, cancellationToken: TestContext.Current.CancellationToken)
            .Select(row => number(Counts.FromEntity(row)))
            .SumAsync(TestContext.Current.CancellationToken);
}
