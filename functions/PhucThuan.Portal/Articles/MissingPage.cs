using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Articles;

/// <summary>Offers articles on the page of a missing address: those whose address is alike, and the newest.</summary>
public sealed class MissingPage(CatalogueCache catalogues)
{
    private const int MaxSimilar = 3;
    private const int MaxNewest = 5;

    /// <summary>The error with offers, or as it is while there is no catalogue, and under <c>/api</c>.</summary>
    /// <param name="path">As it was requested.</param>
    public async Task<IResult> GetAsync(PathString path, PortalError error, CancellationToken cancellationToken)
    {
        if (path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || await catalogues.TryGetAsync(cancellationToken) is not { } articles)
        {
            return error;
        }

        var name = path.Value?.TrimEnd('/').Split('/')[^1] ?? "";
        var similar = Slug.FromText(DocumentKinds.WithoutExtension(name)) is { } slug
            ? articles.FindSimilar(slug, MaxSimilar)
            : [];
        var newest = articles.All.Except(similar).Take(MaxNewest);
        return error with
        {
            Offers = new([.. similar.Select(article => article.Link)], [.. newest.Select(article => article.Link)]),
        };
    }
}
