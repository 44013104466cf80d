using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Telemetry;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Http;

/// <summary>Registers caches that are bounded in bytes.</summary>
internal static class SizedCache
{
    /// <param name="name">Key of the <see cref="IFusionCache"/> service.</param>
    /// <param name="size">Maximum total size of the entries in bytes.</param>
    public static IServiceCollection AddSizedCache(
        this IServiceCollection services, string name, Func<IServiceProvider, long> size)
    {
        services.AddFusionCache(name)
            .WithMemoryCache(provider =>
            {
                var cache = new MemoryCache(
                    new MemoryCacheOptions { SizeLimit = size(provider), TrackStatistics = true });
                provider.GetRequiredService<PortalMetrics>().ObserveCache(name, cache);
                return cache;
            })
            .WithCacheKeyPrefix(name + ":")
            .AsKeyedServiceByCacheName();
        return services;
    }
}
