using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>Serves what is made of the catalogue: lists, feeds, site maps. Each is made once for each state of it.</summary>
public sealed class CataloguePages(CatalogueCache catalogues, IFusionCache cache)
{
    /// <summary>For as long as nobody asks, it need not be kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <param name="address">Names the page among all that are made of the catalogue.</param>
    /// <param name="make">Makes the body, or null when there is no such page, which is not kept.</param>
    public async Task<IResult> GetAsync(
        string address,
        string contentType,
        Func<PublishedArticles, Task<EncodedBody?>> make,
        CancellationToken cancellationToken)
    {
        var articles = await catalogues.GetAsync(cancellationToken);
        var key = $"catalogue-pages:{articles.Id}:{address}";
        var known = await cache.TryGetAsync<EncodedBody>(key, token: cancellationToken);
        if (!known.HasValue)
        {
            if (await make(articles) is not { } body)
            {
                return PortalError.NotFound;
            }

            known = MaybeValue<EncodedBody>.FromValue(body);
            await cache.SetAsync(key, known.Value, Kept, token: cancellationToken);
        }

        return new EncodedResult(known.Value, contentType, articles.Since, CachePolicy.Page);
    }
}
