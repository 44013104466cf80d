using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles.Lists;

/// <summary>
/// Cache of response bodies that are derived from the catalogue: lists, feeds, site maps. An entry is valid for one
/// state of the catalogue.
/// </summary>
public sealed class CatalogueResultCache(CatalogueCache catalogues, IFusionCache cache)
{
    // Evicts bodies of an earlier state, which are not requested again.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <param name="address">Key of the body.</param>
    /// <param name="create">
    /// Creates the body (single flight), or returns null for a 404, which is not cached.
    /// </param>
    public Task<IResult> GetAsync(
        string address,
        string contentType,
        Func<PublishedArticles, Task<EncodedBody?>> create,
        CancellationToken cancellationToken) =>
        GetAsync(address, contentType, (articles, _) => create(articles), cancellationToken);

    /// <inheritdoc cref="GetAsync(string, string, Func{PublishedArticles, Task{EncodedBody?}}, CancellationToken)" />
    /// <param name="create">Like the other overload; may also shorten the duration of the entry.</param>
    public async Task<IResult> GetAsync(
        string address,
        string contentType,
        Func<PublishedArticles, FusionCacheEntryOptions, Task<EncodedBody?>> create,
        CancellationToken cancellationToken)
    {
        var articles = await catalogues.GetAsync(cancellationToken);
        var body = await cache.GetOrSetAsync<EncodedBody?>(
            $"catalogue:{articles.Id}:{address}",
            async (context, _) =>
            {
                var created = await create(articles, context.Options);
                if (created is null)
                {
                    context.Options.Duration = TimeSpan.Zero;
                }

                return created;
            },
            new FusionCacheEntryOptions(Kept),
            token: cancellationToken);
        return body is null
            ? PortalError.NotFound
            : new EncodedResult(body, contentType, articles.LastModified, CachePolicy.Page);
    }
}
