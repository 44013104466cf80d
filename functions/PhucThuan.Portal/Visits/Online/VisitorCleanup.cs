using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Deletes from table <c>visitors</c> the minutes that no longer count and the keys under which they were hashed, so
/// that nothing about visitors is left. Instances may run it at once.
/// </summary>
public sealed class VisitorCleanup(TableServiceClient tables, TimeProvider clock)
{
    /// <summary>More than the window, for clocks that differ.</summary>
    public static readonly TimeSpan MinutesKept = TimeSpan.FromMinutes(10);

    /// <summary>As many entities as a group transaction may have.</summary>
    private const int BatchSize = 100;

    /// <summary>In one run; an hour of 50 instances makes 30 batches. The next run goes on.</summary>
    private const int MaxBatches = 50;

    private readonly TableClient _table = tables.GetTableClient(VisitorTable.Name);

    /// <exception cref="RequestFailedException">Storage failed; the next run goes on.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // A key serves on its day and on the next, so when that ends it is two days old.
        await DeleteBeforeAsync(
            VisitorTable.KeyPartition, VisitorTable.KeyRow(VietnamTime.DayOf(now).AddDays(-1)), cancellationToken);
        await DeleteBeforeAsync(
            VisitorTable.OnlinePartition, VisitorTable.MinuteRows(now - MinutesKept), cancellationToken);
    }

    private async Task DeleteBeforeAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey lt {rowKey}");
        for (var batch = 0; batch < MaxBatches; batch++)
        {
            var old = await _table
                .QueryAsync<TableEntity>(filter, BatchSize, ["PartitionKey", "RowKey"], cancellationToken)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            if (old.Count == 0)
            {
                return;
            }

            try
            {
                await _table.SubmitTransactionAsync(
                    old.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                    cancellationToken);
            }
            catch (RequestFailedException failure) when (failure.Status == 404)
            {
                // Another run was faster: ask what is left.
            }
        }
    }
}
