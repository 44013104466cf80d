using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal;

namespace PhucThuan.LocalHost;

/// <summary>The portal's own services, to bring articles into storage and to read them as the portal does. Nothing is served from here.</summary>
public static class PortalStorage
{
    /// <exception cref="OptionsValidationException">A setting is wrong, as <see cref="InvalidSettings"/> describes it.</exception>
    public static ServiceProvider Connect(string connectionString)
    {
        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddInMemoryCollection([new("Storage:ConnectionString", connectionString)])
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddPortal()
            .AddSingleton<LocalStorage>()
            .BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        return services;
    }
}
