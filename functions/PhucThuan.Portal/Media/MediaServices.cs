using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Portal.Media;

/// <summary>Registers media files and resized pictures.</summary>
internal static class MediaServices
{
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<MediaOptions>, MediaOptionsValidator>();
        services.AddOptionsWithValidateOnStart<MediaOptions>().BindConfiguration(MediaOptions.Section);
        return services
            .AddSizedCache(SmallPictures.CacheName, _ => SmallPictures.CacheSize)
            .AddSingleton<MediaLookup>()
            .AddSingleton<PictureSizes>()
            .AddSingleton<StoredPictures>()
            .AddSingleton<SmallPictures>()
            .AddSingleton<MediaSizes>()
            .AddSingleton<StorageLinks>()
            .AddSingleton<Downloads>()
            .AddSingleton<Originals>()
            .AddSingleton<MediaFiles>();
    }
}
