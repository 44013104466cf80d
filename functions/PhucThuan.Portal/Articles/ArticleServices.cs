using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Lists;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Pages;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Articles;

/// <summary>Registers reading, catalogue and pages of articles.</summary>
internal static class ArticleServices
{
    public static IServiceCollection AddArticles(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ArticleOptions>, ArticleOptionsValidator>();
        services.AddOptionsWithValidateOnStart<ArticleOptions>().BindConfiguration(ArticleOptions.Section);
        services.AddFusionCache();
        services.AddSizedCache(
            ArticlePageCache.CacheName,
            provider => provider.GetRequiredService<IOptions<ArticleOptions>>().Value.CacheMegabytes * 1024L * 1024L);
        return services
            .AddSingleton<ArticleSanitizer>()
            .AddSingleton<ArticleParser>()
            .AddSingleton<ArticleReader>()
            .AddSingleton<ArticlePictures>()
            .AddSingleton<ArticleAttachments>()
            .AddSingleton<ArticleRenderer>()
            .AddSingleton<CategoriesFile>()
            .AddSingleton<CatalogueReader>()
            .AddSingleton<CatalogueSnapshot>()
            .AddSingleton<CatalogueCache>()
            .AddSingleton<ArticlePageCache>()
            .AddSingleton<ArticleLookup>()
            .AddSingleton<ArticleEndpoint>()
            .AddSingleton<ArticlePictureEndpoint>()
            .AddSingleton<MissingPage>()
            .AddSingleton<CatalogueResultCache>()
            .AddSingleton<ListEndpoint>()
            .AddSingleton<FeedEndpoint>()
            .AddSingleton<SiteMapEndpoint>();
    }
}
