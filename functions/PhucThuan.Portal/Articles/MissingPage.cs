using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Articles;

/// <summary>Offers articles on a 404 page: those with a similar address, and the newest.</summary>
public sealed class MissingPage(CatalogueCache catalogues)
{
    private const int MaxSimilar = 3;
    private const int MaxNewest = 5;

    /// <summary>Adds offers to an error, except under <c>/api</c> and without a catalogue.</summary>
    /// <param name="path">The requested path.</param>
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
