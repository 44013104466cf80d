using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Pages;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles;

/// <summary>Serves <c>/</c>, the list of all articles; rendered once for each state of the catalogue.</summary>
public sealed class HomePage(
    CatalogueReader catalogues,
    PageRenderer renderer,
    IFusionCache cache,
    TimeProvider clock,
    IOptions<ArticleOptions> options)
{
    private const string CacheKey = "home-page";

    public async Task<IResult> GetAsync(CancellationToken cancellationToken)
    {
        var page = await cache.GetOrSetAsync<Rendered>(
            CacheKey, RefreshAsync, CachePolicy.ForStorage(options.Value.FreshSeconds), cancellationToken);
        return new EncodedResult(page.Body, PageRenderer.ContentType, page.LastModified, CachePolicy.Page);
    }

    /// <summary>Makes the next reader wait for the present list.</summary>
    public ValueTask ForgetAsync() => cache.ExpireAsync(CacheKey);

    private async Task<Rendered> RefreshAsync(
        FusionCacheFactoryExecutionContext<Rendered> context, CancellationToken cancellationToken)
    {
        var known = context.StaleValue.GetValueOrDefault();
        var catalogue = await catalogues.ReadAsync(known?.Catalogue ?? Catalogue.Empty, cancellationToken);
        if (known is not null && ReferenceEquals(catalogue, known.Catalogue))
        {
            return context.NotModified();
        }

        // Not the newest blob's date: that goes back when the newest article is deleted, and If-Modified-Since would
        // then keep the old list.
        var changed = clock.GetUtcNow();
        var articles = catalogue.Entries.Select(entry => entry.Summary).ToList();
        var body = await renderer.RenderAsync<HomeDocument>(new() { [nameof(HomeDocument.Articles)] = articles });
        return new Rendered(catalogue, changed, body);
    }

    private sealed record Rendered(Catalogue Catalogue, DateTimeOffset LastModified, EncodedBody Body);
}
