using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Statistics;

/// <summary>A portal at noon of a fixed day, whose connection to the tables can fail.</summary>
public sealed class StatisticsFixture : IAsyncLifetime
{
    public static readonly DateOnly Today = new(2026, 11, 24);

    private PortalHost? _host;

    public AzuriteFixture Storage { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public FakeTimeProvider Clock { get; } = new(VietnamTime.StartOf(Today).AddHours(12));

    public IServiceProvider Services => _host!.Services;

    internal UnreliableTransport Network { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Storage.InitializeAsync();
        await Storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        var options = new TableClientOptions { Transport = Network };
        options.Retry.MaxRetries = 0;
        _host = new PortalHost(
            Storage.ConnectionString,
            services => services
                .AddSingleton<TimeProvider>(Clock)
                .AddSingleton(new TableServiceClient(Storage.ConnectionString, options))
                .AddKeyedSingleton("counter", new TableServiceClient(Storage.ConnectionString, options)),
            new() { ["FunctionKey"] = PortalFixture.FunctionKey });
        Client = _host.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        Network.Dispose();
        await Storage.DisposeAsync();
    }
}
