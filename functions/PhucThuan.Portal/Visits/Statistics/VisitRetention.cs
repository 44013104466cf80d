using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>
/// Deletes the rows of days that are older than <see cref="VisitOptions.DaysKept"/>, and of views that can no longer be
/// sent again. Totals have rows of their own and do not change. No fence is needed: nothing is counted in these rows
/// any more, and deleting one twice is deleting it once.
/// </summary>
public sealed partial class VisitRetention(
    TableServiceClient tables,
    PartitionRegistry registry,
    TimeProvider clock,
    IOptions<VisitOptions> options,
    ILogger<VisitRetention> logger)
{
    /// <summary>How long a view that is sent again is known to be counted; up to twice that, as this runs every
    /// hour.</summary>
    public static readonly TimeSpan ViewMemory = TimeSpan.FromHours(1);

    /// <summary>Limit of a group transaction.</summary>
    private const int BatchSize = 100;

    private static readonly string[] Prefixes =
        [VisitTable.DayPrefix, VisitTable.DroppedPrefix, VisitTable.ArticleDayPrefix, VisitTable.ReferrerPrefix];

    private static readonly string[] KeysOnly = ["PartitionKey", "RowKey"];

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

    /// <summary>Deletes days that are too old.</summary>
    /// <exception cref="RequestFailedException">Storage failed; the next run goes on.</exception>
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
    /// <exception cref="RequestFailedException">Storage failed; the next run goes on.</exception>
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
            // Another run has deleted some of them, which fails the whole transaction.
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
