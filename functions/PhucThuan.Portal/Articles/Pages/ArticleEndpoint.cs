using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>Serves <c>/bai-viet/{slug}</c>.</summary>
public sealed class ArticleEndpoint(
    ArticlePageCache pages, ArticleLookup lookup, CatalogueCache catalogues, MissingPage missing)
{
    /// <summary>
    /// The page, a 301 from a replaced article or from a misspelt address, 410 for a removed article, or 404.
    /// </summary>
    public async Task<IResult> GetAsync(string slug, CancellationToken cancellationToken)
    {
        var loading = Slug.IsValid(slug)
            ? catalogues.TryGetAsync(cancellationToken)
            : Task.FromResult<PublishedArticles?>(null);

        // A new instance reads the article and the catalogue in parallel.
        var early = loading.IsCompleted ? null : pages.FindAsync(slug, cancellationToken).AsTask();
        var articles = await loading;
        if (articles?.FindRedirect(slug) is { } target)
        {
            return new MovedResult(ArticleSummary.PathOf(target));
        }

        if (await (early ?? pages.FindAsync(slug, cancellationToken).AsTask()) is { } page)
        {
            return new EncodedResult(page.Rendered.Body, PageRenderer.ContentType, page.LastModified, CachePolicy.Page);
        }

        if (MisspeltAddress.Correct(slug) is { } correct && await lookup.ExistsAsync(correct, cancellationToken))
        {
            return TypedResults.LocalRedirect(ArticleSummary.PathOf(correct), permanent: true);
        }

        // A new instance has a catalogue by now: the page cache waits for it before it reports a missing article.
        articles ??= Slug.IsValid(slug) ? await catalogues.TryGetAsync(cancellationToken) : null;
        var error = articles?.IsRemoved(slug) == true ? PortalError.Gone : PortalError.NotFound;
        return await missing.GetAsync("/" + slug, error, cancellationToken);
    }
}
