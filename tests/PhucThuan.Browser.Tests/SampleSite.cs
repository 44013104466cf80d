using Microsoft.Playwright;

namespace PhucThuan.Tests;

/// <summary>A portal with the samples for one test class. No other class changes its totals.</summary>
public sealed class SampleSite(BrowserFixture browser) : IAsyncLifetime
{
    private PortalHost? _host;

    public AzuriteFixture Storage { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Storage.InitializeAsync();
        _host = new PortalHost(Storage.ConnectionString);
        Client = _host.CreateClient();
    }

    /// <inheritdoc cref="BrowserFixture.OpenAsync"/>
    public Task<OpenPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL ??= Client.BaseAddress!.ToString();
        return browser.OpenAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
