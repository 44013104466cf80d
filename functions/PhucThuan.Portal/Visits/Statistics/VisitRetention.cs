using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>
/// Takes out the rows of days that are older than <see cref="VisitOptions.DaysKept"/>. A day of the site and its dropped
/// views are added to a row of all former days; a day of an article is in the article's own row already. Rows are deleted
/// and added up in one transaction under the partition's fence, as visits are counted: the totals stay what they are,
/// whatever fails, and however many instances do it at once.
/// </summary>
public sealed partial class VisitRetention(
    TableServiceClient tables, TimeProvider clock, IOptions<VisitOptions> options, ILogger<VisitRetention> logger)
{
    /// <summary>Rows deleted by one transaction; it may have 100, and takes the fence and up to six sums beside.</summary>
    private const int BatchSize = 90;

    /// <summary>In one partition and run, so that a run ends: 180,000 rows. The next day's goes on.</summary>
    private const int MaxBatches = 2_000;

    private static readonly string[] Prefixes =
        [VisitTable.DayPrefix, VisitTable.DroppedPrefix, VisitTable.ArticleDayPrefix];

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

    /// <exception cref="RequestFailedException">Storage failed; the next run goes on.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var firstKept = VietnamTime.DayOf(clock.GetUtcNow()).AddDays(1 - options.Value.DaysKept);
        var folded = 0;
        for (var partition = 0; partition < VisitTable.Partitions; partition++)
        {
            foreach (var prefix in Prefixes)
            {
                folded += await FoldAsync(VisitTable.PartitionKey(partition), prefix, firstKept, cancellationToken);
            }
        }

        Log.Folded(logger, folded, firstKept);
    }

    private async Task<int> FoldAsync(string partitionKey, string prefix, DateOnly firstKept, CancellationToken cancellationToken)
    {
        var folded = 0;
        for (var batch = 0; batch < MaxBatches; batch++)
        {
            // The fence is read before all else: whatever changes from here on makes the transaction fail.
            var fence = await _table.GetEntityIfExistsAsync<TableEntity>(
                partitionKey, VisitTable.FenceRow, cancellationToken: cancellationToken);
            var old = fence.HasValue ? await ReadOldAsync(partitionKey, prefix, firstKept, cancellationToken) : [];
            if (old.Count == 0)
            {
                break;
            }

            try
            {
                await _table.SubmitTransactionAsync(
                    [
                        new(TableTransactionActionType.UpdateReplace, fence.Value!, fence.Value!.ETag),
                        .. old.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)),
                        .. await SumAsync(partitionKey, prefix, old, cancellationToken),
                    ],
                    cancellationToken);
                folded += old.Count;
            }
            catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
            {
                // A visit was counted here, or another run was faster: nothing was done, look again.
            }
        }

        return folded;
    }

    private async Task<List<TableEntity>> ReadOldAsync(
        string partitionKey, string prefix, DateOnly firstKept, CancellationToken cancellationToken)
    {
        var first = prefix;
        var end = prefix + VietnamTime.FormatIso(firstKept);
        return await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {first} and RowKey lt {end}"),
                BatchSize,
                cancellationToken: cancellationToken)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The rows into which <paramref name="old"/> go, with their new values.</summary>
    private async Task<IReadOnlyList<TableTransactionAction>> SumAsync(
        string partitionKey, string prefix, List<TableEntity> old, CancellationToken cancellationToken)
    {
        if (prefix == VisitTable.ArticleDayPrefix)
        {
            return [];
        }

        var sums = new List<TableTransactionAction>();
        foreach (var group in old.GroupBy(row => TargetOf(row.RowKey, prefix)))
        {
            var row = await _table.GetEntityIfExistsAsync<TableEntity>(
                partitionKey, group.Key, cancellationToken: cancellationToken);
            var sum = group.Select(Counts.FromEntity)
                .Aggregate(row.HasValue ? Counts.FromEntity(row.Value!) : default, Counts.Add);
            sums.Add(new(TableTransactionActionType.UpsertReplace, sum.ToEntity(partitionKey, group.Key)));
        }

        return sums;
    }

    private static string TargetOf(string rowKey, string prefix) => prefix == VisitTable.DayPrefix
        ? VisitTable.FoldedRow
        : $"{VisitTable.FoldedRow}:{VisitTable.ParseDay(rowKey, prefix).Name}";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} rows of days before {FirstKept} were folded into the totals")]
        public static partial void Folded(ILogger logger, int rows, DateOnly firstKept);
    }
}
