using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
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
            .WithMemoryCache(provider => new MemoryCache(new MemoryCacheOptions { SizeLimit = size(provider) }))
            .WithCacheKeyPrefix(name + ":")
            .AsKeyedServiceByCacheName();
        return services;
    }
}
