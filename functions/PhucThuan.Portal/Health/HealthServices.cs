using Microsoft.Extensions.DependencyInjection;

namespace PhucThuan.Portal.Health;

/// <summary>Registers housekeeping, the check of the portal by itself, and the health report.</summary>
internal static class HealthServices
{
    /// <summary>An instance that starts for the request takes some seconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOptions<SelfCheckOptions>().BindConfiguration(SelfCheckOptions.Section);
        services.AddHttpClient<SelfCheck>(client => client.Timeout = Timeout).RemoveAllLoggers();
        return services.AddTransient<Housekeeping>().AddSingleton<HealthEndpoint>();
    }
}
