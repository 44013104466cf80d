using PhucThuan.Portal.Articles.Catalogues;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>Tests whether an article is published.</summary>
public sealed class ArticleLookup(CatalogueCache catalogues, ArticlePageCache pages)
{
    /// <summary>
    /// Most slugs are in the catalogue, which needs no reading or rendering. The page cache is checked for the others,
    /// because the catalogue does not contain uploads of the last seconds.
    /// </summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed, and the page was not cached.</exception>
    public async Task<bool> ExistsAsync(string slug, CancellationToken cancellationToken) =>
        (Slug.IsValid(slug)
                && await catalogues.TryGetAsync(cancellationToken) is { } articles
                && articles.Contains(slug))
        || await pages.FindAsync(slug, cancellationToken) is not null;

    /// <summary>
    /// True when the catalogue contains the article, or when there is no catalogue because storage is unavailable.
    /// Needs no storage operation per slug. False for an upload of the last seconds.
    /// </summary>
    public async Task<bool> IsListedAsync(string slug, CancellationToken cancellationToken) =>
        Slug.IsValid(slug) && (await catalogues.TryGetAsync(cancellationToken))?.Contains(slug) != false;
}
