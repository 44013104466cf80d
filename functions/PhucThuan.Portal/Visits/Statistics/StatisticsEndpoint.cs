using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Serves <c>/thong-ke</c>: what is counted and how, and the numbers of the last 30 days.</summary>
public sealed class StatisticsEndpoint(
    StatisticsReader statistics,
    VisitReader reader,
    VisitLedger ledger,
    ReportReader reports,
    CheckpointLog checkpoints,
    PageRenderer renderer,
    SiteNotices notices,
    IFusionCache cache,
    TimeProvider clock,
    IOptions<VisitOptions> options)
{
    public const int Days = 30;

    /// <summary>Age in seconds at which the numbers are refreshed: four queries in each partition, most of it the
    /// articles'
    /// days.</summary>
    private const int FreshSeconds = 15;

    private const string CacheKey = "statistics-page";

    public async Task<IResult> GetAsync(CancellationToken cancellationToken)
    {
        var page = await GetOrRenderAsync(cancellationToken);
        if (page.Notices != notices.Current)
        {
            await cache.ExpireAsync(CacheKey, token: cancellationToken);
            page = await GetOrRenderAsync(cancellationToken);
        }

        // No date: the numbers change all the time, and each instance reads them at another.
        return new EncodedResult(page.Body, PageRenderer.ContentType, LastModified: null, CachePolicy.Page);
    }

    /// <summary>The next reader waits for the current numbers: no stale page is left to answer with.</summary>
    public ValueTask ForgetAsync() => cache.RemoveAsync(CacheKey);

    private ValueTask<Rendered> GetOrRenderAsync(CancellationToken cancellationToken) =>
        cache.GetOrRefreshAsync<Rendered>(
            CacheKey,
            (_, token) => RenderAsync(token),
            CachePolicy.ForStorage(FreshSeconds),
            cancellationToken);

    private async Task<Rendered> RenderAsync(CancellationToken cancellationToken)
    {
        var report = await ReadAsync(cancellationToken);
        var present = notices.Current;
        var body = await renderer.RenderAsync<StatisticsDocument>(
            new() { [nameof(StatisticsDocument.Report)] = report });
        return new Rendered(present, body);
    }

    private async Task<StatisticsReport> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var last = VietnamTime.DayOf(now);
        var first = last.AddDays(1 - Days);
        return new StatisticsReport(
            now,
            await statistics.ReadDaysAsync(first, last, cancellationToken),
            await reports.ReadMostReadAsync(first, last, cancellationToken),
            await reports.ReadReferrersAsync(first, last, cancellationToken),
            await TryReadCheckpointAsync(cancellationToken),
            await ledger.ReadAsync(cancellationToken),
            await ledger.ReadArticlesAsync(cancellationToken),
            (await reader.ReadAsync(VisitTable.SiteRow, cancellationToken)).Sum(),
            options.Value);
    }

    /// <summary>The page does without the checkpoints when their blob cannot be read.</summary>
    private async Task<LogEnd?> TryReadCheckpointAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await checkpoints.ReadEndAsync(cancellationToken);
        }
        catch (Exception exception) when (StorageFailures.Include(exception) || exception is FormatException)
        {
            return null;
        }
    }

    private sealed record Rendered(SiteNoticeList Notices, EncodedBody Body);
}
