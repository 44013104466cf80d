using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>
/// Cache of the catalogue. A request starts a refresh from the container's listing in the background. A stale catalogue
/// is served while storage is unavailable.
/// </summary>
public sealed class CatalogueCache(
    CatalogueReader reader,
    CatalogueSnapshot snapshot,
    SiteNotices notices,
    IFusionCache cache,
    PortalMetrics metrics,
    TimeProvider clock,
    IOptions<ArticleOptions> options)
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan FirstWaitLimit = TimeSpan.FromSeconds(10);

    // The catalogue is refreshed less often than pages, because storage bills a listing as a write operation. A new
    // article is still visible within a minute.
    private const int ListingFactor = 3;

    // After twice the refresh interval without a request, the next request waits for the refresh.
    private const int WaitFactor = 2;

    private const string CacheKey = "catalogue";

    private readonly Lock _lock = new();
    private long _checkedAt = clock.GetUtcNow().UtcTicks;
    private PublishedArticles _published = new(Catalogue.Empty, clock.GetUtcNow());
    private Catalogue _publishedOf = Catalogue.Empty;
    private volatile bool _isLoaded;

    /// <summary>
    /// Time of the last comparison of the catalogue with the container; the start of this instance before the first
    /// one.
    /// </summary>
    public DateTimeOffset CheckedAt => new(Interlocked.Read(ref _checkedAt), TimeSpan.Zero);

    /// <summary>True after a request has received a catalogue.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>The published articles; the same object until something changes.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed, and no catalogue was cached.</exception>
    public async Task<PublishedArticles> GetAsync(CancellationToken cancellationToken)
    {
        var catalogue = await GetAllAsync(cancellationToken);
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_publishedOf != catalogue || now >= _published.Until || now < _published.Since)
            {
                _publishedOf = catalogue;
                _published = new(catalogue, now);
            }

            return _published;
        }
    }

    /// <summary>All articles, including those with a future date; the same object until something changes.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage failed, and no catalogue was cached.</exception>
    /// <exception cref="StorageUnavailableException">
    /// The first catalogue of a large portal is still being read.
    /// </exception>
    public async Task<Catalogue> GetAllAsync(CancellationToken cancellationToken)
    {
        // Not cancelled with the first request, because the next request would have to start again.
        var getting = cache.GetOrRefreshAsync<Catalogue>(
            CacheKey, RefreshAsync, CachePolicy.ForStorage(options.Value.FreshSeconds * ListingFactor, WaitFactor),
            CancellationToken.None);
        try
        {
            var catalogue = await getting.AsTask().WaitAsync(FirstWaitLimit, clock, cancellationToken);
            notices.Set(catalogue.Notices);
            _isLoaded = true;
            return catalogue;
        }
        catch (TimeoutException)
        {
            throw new StorageUnavailableException("The catalogue is not ready yet.");
        }
    }

    /// <summary>
    /// Null while the first catalogue is being read, so that an article page of a large portal does not wait for it.
    /// </summary>
    public async Task<PublishedArticles?> TryGetAsync(CancellationToken cancellationToken)
    {
        var getting = GetAsync(cancellationToken);
        try
        {
            // When a catalogue is loaded, the cache limits the wait for its refresh, unless FreshSeconds is 0.
            return await (_isLoaded ? getting : getting.WaitAsync(WaitLimit, clock, cancellationToken));
        }
        catch (Exception failure) when (failure is TimeoutException || StorageFailures.Include(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

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
                // Write intermediate catalogues, too, so that little work is lost when the instance stops while it
                // reads thousands of blobs.
                await snapshot.WriteAsync(catalogue, cancellationToken);
            }
        }

        Interlocked.Exchange(ref _checkedAt, clock.GetUtcNow().UtcTicks);
        metrics.CatalogueChecked();
        return catalogue;
    }
}
