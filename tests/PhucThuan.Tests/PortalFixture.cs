namespace PhucThuan.Tests;

/// <summary>A portal with the article of <see cref="TestArticle"/>, for one class of tests.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    private PortalHost? _host;

    public AzuriteFixture Storage { get; } = new();

    public PortalHost Host => _host!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Storage.InitializeAsync();
        await Storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        _host = new PortalHost(Storage.ConnectionString);
        Client = _host.CreateClient();
        Client.DefaultRequestHeaders.AcceptEncoding.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
