using System.Net;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace PhucThuan.Tests.Articles.Pages;

/// <summary>The first request of an instance, while its catalogue is being read from slow storage.</summary>
public sealed class ColdStartTests : IAsyncLifetime
{
    private readonly AzuriteFixture _storage = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly TaskCompletionSource _articleRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _listing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        await _storage.UploadAsync("truoc", "<title>Trước</title><meta name=date content=2026-01-01>");
        await _storage.UploadAsync("sau", "<title>Sau</title><meta name=date content=2026-01-02>");
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task A_removed_article_is_410_when_the_catalogue_is_late()
    {
        await using (var former = new PortalHost(_storage.ConnectionString))
        using (var client = former.CreateClient())
        {
            await client.GetStringAsync("/", Cancellation);
        }

        await _storage.Articles.DeleteBlobAsync("sau.html", cancellationToken: Cancellation);
        await using var host = Host();
        using var reader = host.CreateClient();

        var asking = reader.GetAsync("/bai-viet/sau", Cancellation);
        await CatalogueIsLateAsync();
        _listing.SetResult();

        using var answer = await asking;
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_rendered_without_the_catalogue_gets_its_links_with_the_first_request_after_it()
    {
        const string Link = "<a href=\"/bai-viet/truoc\" rel=\"prev\">";
        await using var host = Host();
        using var reader = host.CreateClient();

        var asking = reader.GetAsync("/bai-viet/sau", Cancellation);
        await CatalogueIsLateAsync();
        using var early = await asking;
        Assert.DoesNotContain(Link, await early.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Null(early.Content.Headers.LastModified); // so that the complete page is not taken for this one
        _listing.SetResult();

        await Eventually.AssertAsync(async () =>
        {
            await reader.GetStringAsync("/", Cancellation);
            var page = await reader.GetStringAsync("/bai-viet/sau", Cancellation);
            Assert.Contains(Link, page, StringComparison.Ordinal);
        });
    }

    /// <summary>When the article is read, the wait for the catalogue has begun; then its limit elapses.</summary>
    private async Task CatalogueIsLateAsync()
    {
        await _articleRead.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>
    /// A new instance that waits for <see cref="_listing"/>, and does not refresh pages during a test.
    /// </summary>
    private PortalHost Host()
    {
        var transport = new CountingTransport
        {
            BeforeListing = () => _listing.Task,
            BeforeRead = _ =>
            {
                _articleRead.TrySetResult();
                return Task.CompletedTask;
            },
        };
        return new(
            _storage.ConnectionString,
            services => services.ConfigureAll<BlobClientOptions>(options => options.Transport = transport)
                .AddSingleton<TimeProvider>(_clock),
            settings: new() { ["Articles:FreshSeconds"] = "300" });
    }
}
