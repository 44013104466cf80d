using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>
/// Deletes the rows of days that are older than <see cref="VisitOptions.DaysKept"/>, and expired view ids. Totals have
/// separate rows and do not change. No fence is needed, because these rows are no longer written and deletion is
/// idempotent.
/// </summary>
public sealed partial class VisitRetention(
    TableServiceClient tables,
    PartitionRegistry registry,
    TimeProvider clock,
    IOptions<VisitOptions> options,
    ILogger<VisitRetention> logger)
{
    /// <summary>
    /// Minimum time for which retries of a view are detected; at most twice that, because this runs hourly.
    /// </summary>
    public static readonly TimeSpan ViewMemory = TimeSpan.FromHours(1);

    /// <summary>Maximum number of entities in a group transaction.</summary>
    private const int BatchSize = 100;

    private static readonly string[] Prefixes =
        [VisitTable.DayPrefix, VisitTable.DroppedPrefix, VisitTable.ArticleDayPrefix, VisitTable.ReferrerPrefix];

    private static readonly string[] KeysOnly = ["PartitionKey", "RowKey"];

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

    /// <summary>Deletes the rows of expired days.</summary>
    /// <exception cref="RequestFailedException">Storage failed; the next run continues.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var firstKept = options.Value.FirstDayKept(VietnamTime.DayOf(clock.GetUtcNow()));
        var deleted = 0;
        foreach (var partition in await registry.ReadPartitionsAsync(cancellationToken))
        {
            var key = VisitTable.PartitionKey(partition);
            foreach (var prefix in Prefixes)
            {
                var end = prefix + VietnamTime.FormatIso(firstKept);
                deleted += await DeleteAsync(
                    key,
                    TableClient.CreateQueryFilter(
                        $"PartitionKey eq {key} and RowKey ge {prefix} and RowKey lt {end}"),
                    cancellationToken);
            }
        }

        Log.DaysDeleted(logger, deleted, firstKept);
    }

    /// <summary>Deletes the ids of views older than <see cref="ViewMemory"/>.</summary>
    /// <exception cref="RequestFailedException">Storage failed; the next run continues.</exception>
    public async Task ForgetViewsAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - ViewMemory;
        string first = VisitTable.ViewPrefix, end = VisitTable.ViewPrefixEnd;
        var deleted = 0;
        foreach (var partition in await registry.ReadPartitionsAsync(cancellationToken))
        {
            var key = VisitTable.PartitionKey(partition);
            deleted += await DeleteAsync(
                key,
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {key} and RowKey ge {first} and RowKey lt {end} and Time lt {oldest}"),
                cancellationToken);
        }

        Log.ViewsForgotten(logger, deleted);
    }

    private async Task<int> DeleteAsync(string partitionKey, string filter, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var pages = _table.QueryAsync<TableEntity>(filter, 1000, KeysOnly, cancellationToken).AsPages();
        await foreach (var page in pages)
        {
            foreach (var rows in page.Values.Chunk(BatchSize))
            {
                await DeleteAsync(partitionKey, rows, cancellationToken);
                deleted += rows.Length;
            }
        }

        return deleted;
    }

    private async Task DeleteAsync(string partitionKey, TableEntity[] rows, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            // A concurrent run has deleted some of the rows, and the whole transaction has failed: delete one by one.
            foreach (var row in rows)
            {
                await _table.DeleteEntityAsync(partitionKey, row.RowKey, ETag.All, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} rows of days before {FirstKept} were deleted")]
        public static partial void DaysDeleted(ILogger logger, int rows, DateOnly firstKept);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} view ids were deleted")]
        public static partial void ViewsForgotten(ILogger logger, int rows);
    }
}
