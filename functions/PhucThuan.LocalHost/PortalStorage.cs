using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal;

namespace PhucThuan.LocalHost;

/// <summary>The portal's services, to upload articles and to read them like the portal. Serves no requests.</summary>
public static class PortalStorage
{
    /// <exception cref="OptionsValidationException">
    /// A setting is invalid; see <see cref="InvalidSettings"/>.
    /// </exception>
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
            .AddSingleton<EditorsLink>()
            .BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        return services;
    }
}
