using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Serves <c>/thong-ke</c>: what is counted and how, and the numbers of the last 30 days.</summary>
public sealed class StatisticsEndpoint(
    StatisticsReader statistics,
    VisitReader reader,
    VisitLedger ledger,
    CatalogueCache catalogues,
    PageRenderer renderer,
    SiteNotices notices,
    IFusionCache cache,
    TimeProvider clock,
    IOptions<VisitOptions> options)
{
    public const int Days = 30;

    private const int MostRead = 10;

    /// <summary>Age at which the numbers are read anew: three queries in each partition, most of it the articles'
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

    private ValueTask<Rendered> GetOrRenderAsync(CancellationToken cancellationToken) => cache.GetOrRefreshAsync<Rendered>(
        CacheKey, (_, token) => RenderAsync(token), CachePolicy.ForStorage(FreshSeconds), cancellationToken);

    private async Task<Rendered> RenderAsync(CancellationToken cancellationToken)
    {
        var report = await ReadAsync(cancellationToken);
        var present = notices.Current;
        var body = await renderer.RenderAsync<StatisticsDocument>(new() { [nameof(StatisticsDocument.Report)] = report });
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
            await ReadMostReadAsync(first, last, cancellationToken),
            await ledger.ReadAsync(cancellationToken),
            (await reader.ReadAsync(VisitTable.SiteRow, cancellationToken)).Sum(),
            options.Value);
    }

    private async Task<IReadOnlyList<ArticleViews>> ReadMostReadAsync(
        DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var views = new Dictionary<string, long>();
        await foreach (var day in statistics.ReadArticlesAsync(first, last, cancellationToken))
        {
            views[day.Article] = views.GetValueOrDefault(day.Article) + day.Views;
        }

        var mostRead = views.OrderByDescending(article => article.Value).ThenBy(article => article.Key, StringComparer.Ordinal);
        // Not TryGetAsync: without the catalogue every article would be shown as removed.
        var articles = await catalogues.GetAsync(cancellationToken);
        return
        [
            .. mostRead.Take(MostRead).Select(article => new ArticleViews(
                article.Key, articles.Find(article.Key)?.Title, article.Value)),
        ];
    }

    private sealed record Rendered(SiteNoticeList Notices, EncodedBody Body);
}
