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

/// <summary>Serves <c>/thong-ke</c>: the numbers of the last 30 days, and a description of the counting.</summary>
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

    /// <summary>
    /// Age in seconds at which the numbers are refreshed. Takes four queries per partition; most rows are the daily
    /// numbers of articles.
    /// </summary>
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

        // No Last-Modified, because each instance reads the numbers at a different time.
        return new EncodedResult(page.Body, PageRenderer.ContentType, LastModified: null, CachePolicy.Page);
    }

    /// <summary>Removes the cached page, so that the next request waits for the current numbers.</summary>
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

    /// <summary>Null when the blob cannot be read; the page then omits the checkpoint.</summary>
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
