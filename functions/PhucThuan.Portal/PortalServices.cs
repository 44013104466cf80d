using System.Text.Encodings.Web;
using System.Text.Unicode;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Pages;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Search;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Online;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Portal.Visits.Statistics;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal;

/// <summary>Every registration of the portal.</summary>
public static class PortalServices
{
    private static readonly TimeSpan TableTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BlobTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);

        // Razor would otherwise write Vietnamese letters as &#x...; and make pages half as large again.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));

        // What the libraries tell at each request costs more to log than the request itself.
        services.AddLogging(logging => logging
            .AddFilter("Azure", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("ZiggyCreatures", LogLevel.Warning));

        return services.AddPortalOptions().AddStorage().AddArticles().AddSearch().AddPages().AddVisits();
    }

    private static IServiceCollection AddPortalOptions(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ArticleOptions>, ArticleOptionsValidator>();
        services.AddOptions<ArticleOptions>().BindConfiguration(ArticleOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ReaderAddressOptions>, ReaderAddressOptionsValidator>();
        services.AddOptions<ReaderAddressOptions>().BindConfiguration(ReaderAddressOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VisitOptions>, VisitOptionsValidator>();
        services.AddOptions<VisitOptions>().BindConfiguration(VisitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SiteOptions>, SiteOptionsValidator>();
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section).ValidateOnStart();
        return services;
    }

    private static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddAzureClients(clients =>
        {
            clients.AddClient<BlobServiceClient, BlobClientOptions>((options, provider) =>
            {
                options.Retry.NetworkTimeout = BlobTimeout;
                options.Retry.MaxRetries = 1;
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
                return storage.AccountName is { } account
                    ? new(new Uri($"https://{account}.blob.core.windows.net"), CredentialOf(storage), options)
                    : new(storage.ConnectionString, options);
            });
            clients.AddClient<TableServiceClient, TableClientOptions>((options, provider) =>
            {
                // The counter tries again itself, because only it can tell whether a commit has happened.
                options.Retry.NetworkTimeout = TableTimeout;
                options.Retry.MaxRetries = 0;
                var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
                return storage.AccountName is { } account
                    ? new(new Uri($"https://{account}.table.core.windows.net"), CredentialOf(storage), options)
                    : new(storage.ConnectionString, options);
            });
        });
        return services;
    }

    private static Azure.Core.TokenCredential CredentialOf(StorageOptions storage) => storage.ClientId is { } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId.ToString()))
        : new DefaultAzureCredential();

    private static IServiceCollection AddArticles(this IServiceCollection services)
    {
        services.AddFusionCache();
        services.AddSizedCache(ArticlePages.CacheName, options => options.CacheMegabytes * 1024L * 1024L);
        services.AddSizedCache(SmallPictures.CacheName, _ => SmallPictures.CacheSize);
        return services
            .AddSingleton<ArticleSanitizer>()
            .AddSingleton<ArticleParser>()
            .AddSingleton<ArticleReader>()
            .AddSingleton<PictureSizes>()
            .AddSingleton<ArticlePictures>()
            .AddSingleton<SmallPictures>()
            .AddSingleton<ArticlePages>()
            .AddSingleton<CatalogueReader>()
            .AddSingleton<CatalogueSnapshot>()
            .AddSingleton<CatalogueCache>()
            .AddSingleton<CataloguePages>()
            .AddSingleton<ListPages>()
            .AddSingleton<Feeds>()
            .AddSingleton<SiteMaps>()
            .AddSingleton<MediaFiles>();
    }

    private static void AddSizedCache(this IServiceCollection services, string name, Func<ArticleOptions, long> size) => services
        .AddFusionCache(name)
        .WithMemoryCache(provider => new MemoryCache(new MemoryCacheOptions
        {
            SizeLimit = size(provider.GetRequiredService<IOptions<ArticleOptions>>().Value),
        }))
        .WithCacheKeyPrefix(name + ":")
        .AsKeyedServiceByCacheName();

    private static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<SearchIndexBlob>()
        .AddSingleton<ArticleSearch>()
        .AddSingleton<SearchPage>();

    private static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddSingleton<Assets>()
        .AddSingleton<SiteAddress>()
        .AddSingleton<SiteManifest>()
        .AddSingleton<PageRenderer>()
        .AddSingleton<ErrorPages>()
        .AddSingleton<ReaderAddress>()
        .AddSingleton<PortalPipeline>();

    private static IServiceCollection AddVisits(this IServiceCollection services) => services
        .AddSingleton<CommittedCounts>()
        .AddSingleton<VisitCounter>()
        .AddHostedService(provider => provider.GetRequiredService<VisitCounter>())
        .AddSingleton<VisitReader>()
        .AddSingleton<VisitRows>()
        .AddSingleton<VisitLedger>()
        .AddSingleton<VisitRetention>()
        .AddSingleton<AddressRates>()
        .AddSingleton<RecentVisitors>()
        .AddSingleton<VisitRecorder>()
        .AddSingleton<VisitorKeys>()
        .AddSingleton<OnlineVisitors>()
        .AddHostedService(provider => provider.GetRequiredService<OnlineVisitors>())
        .AddSingleton<VisitorCleanup>()
        .AddSingleton<VisitEndpoints>()
        .AddSingleton<LedgerEndpoint>()
        .AddSingleton<StatisticsReader>()
        .AddSingleton<StatisticsPage>()
        .AddSingleton<StatisticsExport>();
}
