using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Editors;
using PhucThuan.Portal.Health;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Search;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Portal;

/// <summary>Registers all features of the portal.</summary>
public static class PortalServices
{
    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics().AddSingleton<PortalMetrics>();

        // Logging a request costs more than serving it.
        services.AddLogging(logging => logging
            .AddFilter("Azure", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("ZiggyCreatures", LogLevel.Warning));

        return services
            .AddStorage()
            .AddSite()
            .AddMedia()
            .AddArticles()
            .AddSearch()
            .AddVisits()
            .AddEditors()
            .AddHealth();
    }
}
