using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Hosting;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests;

/// <summary>
/// The function app inside the test process, reachable over HTTP, with the given storage. Storage without articles
/// gets the samples, as in LocalHost.
/// </summary>
public sealed class PortalHost : IAsyncDisposable
{
    private readonly FunctionsHost _host;

    public PortalHost(
        string storage, Action<IServiceCollection>? configure = null, Dictionary<string, string?>? settings = null) =>
        _host = Task.Run(() => StartAsync(storage, configure, settings ?? [])).GetAwaiter().GetResult();

    public Uri Address => _host.BaseAddress;

    public IServiceProvider Services => _host.Services;

    /// <summary>The key of functions that require one.</summary>
    public string FunctionKey => _host.FunctionKey;

    /// <summary>A client with the headers of a browser.</summary>
    public HttpClient CreateClient() => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { { "User-Agent", TestBrowser.UserAgent } },
    };

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<FunctionsHost> StartAsync(
        string storage, Action<IServiceCollection>? configure, Dictionary<string, string?> settings)
    {
        await PublishSamplesAsync(storage);
        return await FunctionsHost.StartInProcessAsync(
            LocalHostCommand.Folder("Functions"),
            services =>
            {
                services.AddDataProtection().UseEphemeralDataProtectionProvider();
                configure?.Invoke(services);
            },
            new FunctionsHostOptions
            {
                FunctionKey = settings.GetValueOrDefault("FunctionKey"),
                AddressSetting = "Site__Address",
                Settings = new Dictionary<string, string?>(settings)
                {
                    ["Storage:ConnectionString"] = storage,
                    ["Logging:LogLevel:Default"] = "Warning",
                },
            });
    }

    private static async Task PublishSamplesAsync(string storage)
    {
        var local = new LocalStorage(new BlobServiceClient(storage), new TableServiceClient(storage));
        await local.CreateAsync(CancellationToken.None);
        if (await local.HasNoArticleAsync(CancellationToken.None))
        {
            await using var services = PortalStorage.Connect(storage);
            await new ArticleFolder(new DirectoryInfo(LocalHostCommand.Folder("Samples")), services)
                .UploadAsync(CancellationToken.None);
        }
    }
}
