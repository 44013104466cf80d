using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests;

/// <summary>LocalHost inside the test process, on a real port, with storage that the test names.</summary>
public sealed class PortalHost : WebApplicationFactory<LocalHostOptions>
{
    private readonly string _storage;
    private readonly Action<IServiceCollection> _configure;
    private readonly Dictionary<string, string?> _settings;

    public PortalHost(
        string storage, Action<IServiceCollection>? configure = null, Dictionary<string, string?>? settings = null)
    {
        _storage = storage;
        _configure = configure ?? (_ => { });
        _settings = settings ?? [];
        UseKestrel(0);
        StartServer();
    }

    protected override void ConfigureClient(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        base.ConfigureClient(client);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(TestBrowser.UserAgent);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("storage", _storage).UseSetting("port", "0");
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(_settings));
        builder.ConfigureServices(_configure);
    }
}
