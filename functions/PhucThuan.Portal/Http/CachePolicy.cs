using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Http;

/// <summary>How long things are kept, by us and by others.</summary>
public static class CachePolicy
{
    /// <summary>
    /// For pages. Fifteen seconds at browsers and CDNs, as many more while they fetch anew: with the half minute after which
    /// the list is read again, a change is seen within a minute. A CDN may show the old page for a day when we fail.
    /// </summary>
    public const string Page = "public, max-age=15, stale-while-revalidate=15, stale-if-error=86400";

    /// <summary>For files of statistics: long enough to spare us a second download, short enough for the present day.</summary>
    public const string Export = "public, max-age=60";

    /// <summary>For numbers and for everything else that must be asked for each time.</summary>
    public const string Never = "no-store";

    // What is asked for again within this time outlives an absence of storage.
    private static readonly TimeSpan OutageCover = TimeSpan.FromDays(7);

    // A reader waits this long for a present version when there is an old one to show.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// For what is derived from storage: refreshed in the background when asked for after
    /// <paramref name="freshSeconds"/>, replaced at once after <paramref name="waitFactor"/> times that, kept while storage fails.
    /// </summary>
    public static FusionCacheEntryOptions ForStorage(int freshSeconds, int waitFactor = 12)
    {
        if (freshSeconds == 0)
        {
            // Asked for each time, and the reader waits for the answer.
            return new FusionCacheEntryOptions(TimeSpan.Zero)
                .SetSize(1)
                .SetFailSafe(isEnabled: true, maxDuration: OutageCover, throttleDuration: TimeSpan.Zero);
        }

        var fresh = TimeSpan.FromSeconds(freshSeconds);
        return new FusionCacheEntryOptions(fresh * waitFactor)
            .SetSize(1)
            .SetEagerRefresh(1f / waitFactor)
            .SetFactoryTimeouts(Patience)
            .SetFailSafe(isEnabled: true, maxDuration: OutageCover, throttleDuration: fresh);
    }
}
