using Microsoft.Extensions.DependencyInjection;

namespace PhucThuan.Portal.Health;

/// <summary>Registers housekeeping, self-check and health report.</summary>
internal static class HealthServices
{
    /// <summary>Long enough for a cold start, which takes some seconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOptions<SelfCheckOptions>().BindConfiguration(SelfCheckOptions.Section);
        services.AddHttpClient<SelfCheck>(client => client.Timeout = Timeout).RemoveAllLoggers();
        return services.AddTransient<Housekeeping>().AddSingleton<HealthEndpoint>();
    }
}
