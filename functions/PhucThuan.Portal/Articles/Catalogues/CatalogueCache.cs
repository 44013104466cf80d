using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Storage;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>
/// The catalogue as this instance knows it, compared with the container's listing in the background when it is asked for.
/// While storage is away the last one stays.
/// </summary>
public sealed class CatalogueCache(
    CatalogueReader reader,
    CatalogueSnapshot snapshot,
    IFusionCache cache,
    TimeProvider clock,
    IOptions<ArticleOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(10);

    // Every page and every visit asks for the catalogue, and storage bills a listing as a write: it is made less often than
    // an article is compared with its blob. A new article is still seen within a minute.
    private const int ListingFactor = 3;

    // After twice that without anybody, the next one waits for the present list: half a minute, and half a minute in browsers.
    private const int WaitFactor = 2;

    private const string CacheKey = "catalogue";

    private readonly Lock _lock = new();
    private PublishedArticles _published = new([], Catalogue.Empty.Removed, clock.GetUtcNow());
    private Catalogue _publishedOf = Catalogue.Empty;

    /// <summary>The articles to show now; the same object as long as nothing has changed.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed, and there was no catalogue before.</exception>
    public async Task<PublishedArticles> GetAsync(CancellationToken cancellationToken)
    {
        var catalogue = await GetAllAsync(cancellationToken);
        var now = clock.GetUtcNow();

        // Newest first, so those of the future stand in front.
        var future = catalogue.Entries.TakeWhile(entry => entry.Summary.Published > now).Count();
        lock (_lock)
        {
            if (_publishedOf != catalogue || _published.All.Count != catalogue.Entries.Count - future)
            {
                _publishedOf = catalogue;
                _published = new(
                    [.. catalogue.Entries.Skip(future).Select(entry => entry.Summary)], catalogue.Removed, now);
            }

            return _published;
        }
    }

    /// <summary>Every article, those of the future too; the same object as long as nothing has changed.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed, and there was no catalogue before.</exception>
    /// <exception cref="StorageUnavailableException">Thousands of articles are being read, and there was no catalogue before.</exception>
    public async Task<Catalogue> GetAllAsync(CancellationToken cancellationToken)
    {
        // Not given up with the reader who was the first to ask: the work would begin anew for the next.
        var getting = cache.GetOrSetAsync<Catalogue>(
            CacheKey, RefreshAsync, CachePolicy.ForStorage(options.Value.FreshSeconds * ListingFactor, WaitFactor), CancellationToken.None);
        try
        {
            return await getting.AsTask().WaitAsync(FirstPatience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new StorageUnavailableException("The catalogue is being made.");
        }
    }

    /// <summary>
    /// Null when the catalogue is not there yet, as in the first seconds of a portal with thousands of articles: an article
    /// is not to wait for the list of all.
    /// </summary>
    public async Task<PublishedArticles?> TryGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(cancellationToken).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception failure) when (failure is TimeoutException || StorageFailures.Include(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Makes the next reader wait for the present list.</summary>
    public ValueTask ForgetAsync() => cache.ExpireAsync(CacheKey);

    private async Task<Catalogue> RefreshAsync(
        FusionCacheFactoryExecutionContext<Catalogue> context, CancellationToken cancellationToken)
    {
        var known = context.StaleValue.GetValueOrDefault() ?? await snapshot.ReadAsync(cancellationToken);
        var catalogue = known;
        await foreach (var next in reader.ReadAsync(known, cancellationToken))
        {
            catalogue = next;
            if (!ReferenceEquals(catalogue, known))
            {
                // On the way too: an instance that ends while it reads thousands has not read them in vain.
                await snapshot.WriteAsync(catalogue, cancellationToken);
            }
        }

        return catalogue;
    }
}
