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
/// Cache of article pages. A page is rendered and compressed once for each version of its blob. A stale page is served
/// while a background refresh compares it with the blob, and stays when storage is unavailable.
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

    // Size in bytes of a cached miss; 1.2 KB were measured.
    private const int MissSize = 1280;

    private TimeSpan Freshness => TimeSpan.FromSeconds(options.Value.FreshSeconds);

    /// <summary>
    /// Null for a slug without an article and for an article whose publication date is in the future.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed, and the page was not cached.</exception>
    public async ValueTask<ArticlePage?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var page = Slug.IsValid(slug) ? await GetOrReadAsync(slug, cancellationToken) : null;
        if (page is not null && renderer.IsOutdated(page.Rendered, page.Summary)
            && page.IsFirstTry(clock.GetUtcNow(), Freshness))
        {
            // A banner begins or ends at its time, on pages rendered before too.
            await cache.ExpireAsync(slug, token: cancellationToken);
            page = await GetOrReadAsync(slug, cancellationToken);
        }

        return page?.Summary.Published <= clock.GetUtcNow() ? page : null;
    }

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

        // The first page of a new instance: most files are called as the catalogue will say.
        var early = known is null && !loading.IsCompleted
            ? reader.ReadAsync(ArticleName.Plain(slug), known: null, cancellationToken)
            : null;
        var articles = await loading;
        var around = articles is not null ? ArticleContext.Of(slug, articles) : known?.Context ?? ArticleContext.None;
        var isSame = known?.Context.IsSameAs(around) == true
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
            // A miss expires within seconds, so that guessed names do not evict pages.
            context.Options
                .SetSize(MissSize)
                .SetDuration(Freshness)
                .SetFailSafe(isEnabled: false)
                .SetPriority(CacheItemPriority.Low);
            return null;
        }

        var rendered = await renderer.RenderAsync(
            article with { Body = WordLinks.Lead(article.Body, articles) }, around, isDraft: false, cancellationToken);
        context.Options.Size = rendered.Body.Size;

        // Not the blob's date alone: the links to other articles change without it.
        var modified = article.Summary.Updated > around.LastModified ? article.Summary.Updated : around.LastModified;
        return new ArticlePage(present.ETag, modified, around.Name(article.Summary), around, rendered);
    }

    /// <summary>
    /// The file that the catalogue names; of an article that it does not name yet, <c>{slug}.html</c>. A slug that
    /// nobody has costs one read, whatever files are called. A new instance waits for its catalogue before it says that
    /// there is none.
    /// </summary>
    /// <param name="early">The plain file, if its reading has begun.</param>
    /// <exception cref="StorageUnavailableException">Only the catalogue can tell, and it is still being
    /// made.</exception>
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
