using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Deletes expired minutes and keys from table <c>visitors</c>, so that no data about visitors remain. Instances may
/// run it concurrently.
/// </summary>
public sealed class VisitorCleanup(TableServiceClient tables, TimeProvider clock)
{
    /// <summary>Longer than the window, because clocks differ.</summary>
    public static readonly TimeSpan MinutesKept = TimeSpan.FromMinutes(10);

    /// <summary>Maximum number of entities in a group transaction.</summary>
    private const int BatchSize = 100;

    /// <summary>Limit per run; the next run continues. An hour of 50 instances produces 30 batches.</summary>
    private const int MaxBatches = 50;

    private readonly TableClient _table = tables.GetTableClient(VisitorTable.Name);

    /// <exception cref="RequestFailedException">Storage failed; the next run continues.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // A key is used on its day and on the next one; then it is two days old.
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
                // A concurrent run has deleted some of the rows: query again.
            }
        }
    }
}
