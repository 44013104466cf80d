using PhucThuan.Portal.Articles.Catalogues;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>Tests whether an article is published.</summary>
public sealed class ArticleLookup(CatalogueCache catalogues, ArticlePageCache pages)
{
    /// <summary>
    /// The catalogue answers for most slugs without reading or rendering. A slug that it lacks may be an upload of the
    /// last seconds, so the page cache is checked too.
    /// </summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed, and the page was not cached.</exception>
    public async Task<bool> ExistsAsync(string slug, CancellationToken cancellationToken) =>
        (Slug.IsValid(slug)
                && await catalogues.TryGetAsync(cancellationToken) is { } articles
                && articles.Contains(slug))
        || await pages.FindAsync(slug, cancellationToken) is not null;

    /// <summary>
    /// Whether the catalogue lists the article: no storage operation for each slug, and false for an upload of the last
    /// seconds. True when there is no catalogue because storage is away.
    /// </summary>
    public async Task<bool> IsListedAsync(string slug, CancellationToken cancellationToken) =>
        Slug.IsValid(slug) && (await catalogues.TryGetAsync(cancellationToken))?.Contains(slug) != false;
}
