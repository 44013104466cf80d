using Azure;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Storage;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>
/// Cache of article pages. A page is rendered and compressed once per version of its blob. A stale page is served while
/// a background refresh compares it with the blob, and while storage is unavailable.
/// </summary>
public sealed class ArticlePageCache(
    ArticleReader reader,
    ArticleRenderer renderer,
    CatalogueCache catalogues,
    TimeProvider clock,
    [FromKeyedServices(ArticlePageCache.CacheName)] IFusionCache cache,
    IOptions<ArticleOptions> options)
{
    public const string CacheName = "article-pages";

    // Size in bytes of the cache entry for a missing article; 1.2 KB were measured.
    private const int MissSize = 1280;

    private TimeSpan Freshness => TimeSpan.FromSeconds(options.Value.FreshSeconds);

    /// <summary>
    /// Null for a slug without an article and for an article whose publication date is in the future.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed, and the page was not cached.</exception>
    public async ValueTask<ArticlePage?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var page = Slug.IsValid(slug) ? await GetOrReadAsync(slug, cancellationToken) : null;
        if (page is not null && IsOutdated(page) && page.TryBeginReplacing(clock.GetUtcNow(), Freshness))
        {
            await cache.ExpireAsync(slug, token: cancellationToken);
            page = await GetOrReadAsync(slug, cancellationToken);
        }

        return page?.Summary.Published <= clock.GetUtcNow() ? page : null;
    }

    /// <summary>
    /// Banners begin and end on time, on cached pages, too. A page that was rendered while a new instance was reading
    /// its first catalogue is completed by the first request after that.
    /// </summary>
    private bool IsOutdated(ArticlePage page) =>
        (page.IsPartial && catalogues.IsLoaded) || renderer.IsOutdated(page.Rendered, page.Summary);

    private ValueTask<ArticlePage?> GetOrReadAsync(string slug, CancellationToken cancellationToken) =>
        cache.GetOrRefreshAsync<ArticlePage?>(
            slug,
            (context, token) => RefreshAsync(slug, context, token),
            CachePolicy.ForStorage(options.Value.FreshSeconds),
            cancellationToken);

    private async Task<ArticlePage?> RefreshAsync(
        string slug, FusionCacheFactoryExecutionContext<ArticlePage?> context, CancellationToken cancellationToken)
    {
        var known = context.StaleValue.GetValueOrDefault();
        var loading = catalogues.TryGetAsync(cancellationToken);

        // On a cold start, read the canonical file while the catalogue is loading: most articles are in that file.
        var early = known is null && !loading.IsCompleted
            ? reader.ReadAsync(ArticleName.Plain(slug), known: null, cancellationToken)
            : null;
        var articles = await loading;
        var around = articles is not null ? ArticleContext.Of(slug, articles) : known?.Context ?? ArticleContext.None;
        var isSame = known?.Context.IsSameAs(around) == true && (articles is null || !known.IsPartial)
            && !await renderer.HasChangedAsync(known.Rendered, known.Summary, cancellationToken);
        var version = isSame ? known!.BlobETag : (ETag?)null;
        var read = await ReadAsync(slug, articles, version, early, cancellationToken);
        if (read.IsNotModified)
        {
            context.Options.Size = known!.Rendered.Body.Size;
            return context.NotModified();
        }

        if (read.Version is not { Article: var article } present)
        {
            // A missing article is cached for seconds only, so that guessed slugs do not evict pages.
            context.Options
                .SetSize(MissSize)
                .SetDuration(Freshness)
                .SetFailSafe(isEnabled: false)
                .SetPriority(CacheItemPriority.Low);
            return null;
        }

        article = article with { Body = WordLinks.Rewrite(article.Body, articles) };
        var rendered = await renderer.RenderAsync(article, around, isDraft: false, cancellationToken);
        context.Options.Size = rendered.Body.Size;

        // Links to other articles change without a change of the blob.
        var modified = article.Summary.Updated > around.LastModified ? article.Summary.Updated : around.LastModified;
        return new ArticlePage(
            present.ETag, articles is null ? null : modified, around.WithListSpelling(article.Summary), around,
            rendered);
    }

    /// <summary>
    /// Reads the file that the catalogue assigns to the slug, otherwise <c>{slug}.html</c>, so that an unknown slug
    /// costs a single read. Without a catalogue, waits for it before reporting a missing article.
    /// </summary>
    /// <param name="early">The pending read of <c>{slug}.html</c>, if one was started.</param>
    /// <exception cref="StorageUnavailableException">
    /// The file is missing, and the catalogue is not available yet.
    /// </exception>
    private async Task<ArticleRead> ReadAsync(
        string slug,
        PublishedArticles? articles,
        ETag? version,
        Task<ArticleRead>? early,
        CancellationToken cancellationToken)
    {
        var plain = ArticleName.Plain(slug);
        if (articles?.FindFile(slug) is { } file && file != plain
            && await reader.ReadAsync(file, version, cancellationToken) is var found
            && !ReferenceEquals(found, ArticleRead.NotFound))
        {
            return found;
        }

        var read = await (early ?? reader.ReadAsync(plain, version, cancellationToken));
        return ReferenceEquals(read, ArticleRead.NotFound) && articles is null
            && (await catalogues.GetAsync(cancellationToken)).FindFile(slug) is { } other
                ? await reader.ReadAsync(other, version, cancellationToken)
                : read;
    }
}
