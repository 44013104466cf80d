using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests;

/// <summary>
/// A portal with the article of <see cref="TestArticle"/>, for one test class. Its longer limits do not elapse, such as
/// the commit timeout of visits.
/// </summary>
public sealed class PortalFixture : IAsyncLifetime
{
    /// <summary>The key of functions with authorization level <c>Function</c>.</summary>
    public const string FunctionKey = "chia-khoa";

    private PortalHost? _host;

    public AzuriteFixture Storage { get; } = new();

    public PortalHost Host => _host!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Storage.InitializeAsync();
        await Storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        _host = new PortalHost(
            Storage.ConnectionString,
            services => services.AddSingleton<TimeProvider>(new PatientClock()),
            settings: new()
            {
                ["Articles:FreshSeconds"] = "1", // changes show after 1 to 3 seconds instead of 5 to 15
                ["Media:RedirectMegabytes"] = "1",
                ["Visits:AddressRate"] = "1000000",
                ["FunctionKey"] = FunctionKey,
            });
        Client = _host.CreateClient();

        // Without the catalogue, the first pages would lack links and dates on a busy machine.
        await Eventually.AssertAsync(() => Client.GetStringAsync("/"));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
