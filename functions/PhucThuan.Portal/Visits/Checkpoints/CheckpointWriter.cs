using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Portal.Visits.Checkpoints;

/// <summary>
/// Appends the missing checkpoints of past days. May run at any time, repeatedly and on several instances: the numbers
/// of a past day do not change, and a line is appended only directly after the line whose hash it contains.
/// </summary>
public sealed partial class CheckpointWriter(
    TableServiceClient tables,
    PartitionRegistry registry,
    StatisticsReader statistics,
    VisitLedger ledger,
    CheckpointLog log,
    PortalMetrics metrics,
    TimeProvider clock,
    IOptions<VisitOptions> options,
    ILogger<CheckpointWriter> logger)
{
    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);

    /// <exception cref="Azure.RequestFailedException">Storage failed; the next run continues.</exception>
    /// <exception cref="FormatException">A row or the last line is damaged.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AppendAllAsync(cancellationToken);
        }
        catch (FormatException damage)
        {
            metrics.DamagedRow();
            Log.Damaged(logger, damage.Message);
            throw;
        }
    }

    private async Task AppendAllAsync(CancellationToken cancellationToken)
    {
        var today = VietnamTime.DayOf(clock.GetUtcNow());
        var end = await log.ReadEndAsync(cancellationToken);
        if (end.Last?.Day.AddDays(1) >= today)
        {
            return;
        }

        var partitions = await registry.ReadPartitionsAsync(cancellationToken);
        var days = await DayCounts.ReadAsync(_table, partitions, today, cancellationToken);
        var entries = await ledger.LoadAsync(cancellationToken);
        while (NextDay(end, days, today) is { } day)
        {
            var checkpoint = await CreateAsync(day, end, days, entries, cancellationToken);
            var line = checkpoint.ToLine();
            if (await log.AppendAsync(end, line, cancellationToken))
            {
                Log.Appended(logger, day, checkpoint.Total);
                LogIfChanged(end, checkpoint);
            }

            end = await log.ReadEndAsync(cancellationToken);
        }
    }

    /// <summary>
    /// The first day without a checkpoint; a new chain starts with the first day that has numbers. Skips days whose
    /// numbers have been deleted because no checkpoint was written during their retention period.
    /// </summary>
    private DateOnly? NextDay(LogEnd end, DayCounts days, DateOnly today)
    {
        var firstKept = options.Value.FirstDayKept(today);
        var firstKnown = days.First < firstKept ? days.First.Value : firstKept;
        var day = end.Last?.Day.AddDays(1) ?? days.First ?? today.AddDays(-1);
        day = day < firstKnown ? firstKnown : day;
        return day < today ? day : null;
    }

    private async Task<Checkpoint> CreateAsync(
        DateOnly day,
        LogEnd end,
        DayCounts days,
        IReadOnlyList<LedgerEntry> entries,
        CancellationToken cancellationToken)
    {
        var articles = await statistics.ReadArticlesAsync(day, day, cancellationToken)
            .ToDictionaryAsync(
                article => article.Article,
                article => new ArticleSum(article.Visits, article.Views),
                StringComparer.Ordinal,
                cancellationToken);
        var (ofDay, until) = (days.Of(day), days.Until(day));
        var sum = entries.Where(entry => VietnamTime.DayOf(entry.Time) <= day).Sum(entry => entry.Amount);
        return new Checkpoint(
            day, ofDay.Visits, ofDay.Views, until.Visits, until.Views, sum, until.Visits + sum, articles, end.Hash);
    }

    private void LogIfChanged(LogEnd end, Checkpoint next)
    {
        if (end.Last is { } last
            && (last.CountedVisits + next.Visits != next.CountedVisits
                || last.CountedViews + next.Views != next.CountedViews))
        {
            Log.Changed(logger, next.Day, last.CountedVisits, next.Visits, next.CountedVisits);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Checkpoint of {Day} appended: total {Total}")]
        public static partial void Appended(ILogger logger, DateOnly day, long total);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Checkpoint of {Day} does not continue the one before: {Before} + {Visits} visits are not {Now};"
                + " numbers of earlier days have changed.")]
        public static partial void Changed(ILogger logger, DateOnly day, long before, long visits, long now);

        [LoggerMessage(Level = LogLevel.Error, Message = "Damaged row: no checkpoint can be made: {Reason}")]
        public static partial void Damaged(ILogger logger, string reason);
    }
}
