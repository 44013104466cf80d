using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Http;

/// <summary><c>Cache-Control</c> values, and options of the in-memory caches.</summary>
public static class CachePolicy
{
    /// <summary>
    /// Pages: fresh for 15 seconds, stale for 15 more during revalidation. The catalogue is refreshed after 30 seconds,
    /// so a change is visible within a minute. A CDN may serve a stale page for a day when the origin fails.
    /// </summary>
    public const string Page = "public, max-age=15, stale-while-revalidate=15, stale-if-error=86400";

    /// <summary>Statistics exports: one minute, because they include the current day.</summary>
    public const string Export = "public, max-age=60";

    /// <summary>Responses that must not be cached, such as visit numbers.</summary>
    public const string Never = "no-store";

    // Entries used within this time are served while storage is unavailable.
    private static readonly TimeSpan OutageCover = TimeSpan.FromDays(7);

    // Maximum delay between a failed refresh and its retry.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    // A reader waits at most this long for a refresh when a stale entry exists.
    private static readonly TimeSpan RefreshWaitLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Entries derived from storage. After <paramref name="freshSeconds"/>, a request refreshes the entry in the
    /// background; after <paramref name="waitFactor"/> times that, it waits for the refresh. A stale entry is served
    /// while storage fails.
    /// </summary>
    public static FusionCacheEntryOptions ForStorage(int freshSeconds, int waitFactor = 12)
    {
        if (freshSeconds == 0)
        {
            // Every request waits for the refresh.
            return new FusionCacheEntryOptions(TimeSpan.Zero)
                .SetSize(1)
                .SetFailSafe(isEnabled: true, maxDuration: OutageCover, throttleDuration: TimeSpan.Zero);
        }

        var fresh = TimeSpan.FromSeconds(freshSeconds);
        return new FusionCacheEntryOptions(fresh * waitFactor)
            .SetSize(1)
            .SetEagerRefresh(1f / waitFactor)
            .SetFactoryTimeouts(RefreshWaitLimit)
            .SetFailSafe(isEnabled: true, maxDuration: OutageCover, throttleDuration: fresh < Retry ? fresh : Retry);
    }

    /// <summary>
    /// <c>GetOrSetAsync</c>, but the next request retries a failed background refresh. FusionCache (2.9) clears the
    /// eager expiration of an entry when it starts a refresh, so after a failure the entry would be stale until it
    /// expires, <c>waitFactor</c> times later.
    /// </summary>
    public static ValueTask<T> GetOrRefreshAsync<T>(
        this IFusionCache cache,
        string key,
        Func<FusionCacheFactoryExecutionContext<T>, CancellationToken, Task<T>> load,
        FusionCacheEntryOptions options,
        CancellationToken cancellationToken)
    {
        return cache.GetOrSetAsync<T>(key, LoadAsync, options, cancellationToken);

        async Task<T> LoadAsync(FusionCacheFactoryExecutionContext<T> context, CancellationToken token)
        {
            try
            {
                return await load(context, token);
            }
            catch when (context.HasStaleValue)
            {
                await cache.ExpireAsync(key, token: CancellationToken.None);
                throw;
            }
        }
    }
}
