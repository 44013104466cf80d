using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace PhucThuan.Tests.Articles.Pages;

/// <summary>The first request of an instance, while its catalogue is being read from slow storage.</summary>
public sealed class ColdStartTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_removed_article_is_410_when_the_catalogue_is_late()
    {
        await storage.UploadAsync("con", "<title>Còn</title>");
        await storage.UploadAsync("da-go", "<title>Đã gỡ</title>");
        await using (var former = new PortalHost(storage.ConnectionString))
        using (var client = former.CreateClient())
        {
            await client.GetStringAsync("/", Cancellation);
        }

        await storage.Articles.DeleteBlobAsync("da-go.html", cancellationToken: Cancellation);
        using var transport = new SlowListing();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = new PortalHost(storage.ConnectionString, services => services
            .ConfigureAll<BlobClientOptions>(options => options.Transport = transport)
            .AddSingleton<TimeProvider>(clock));
        using var reader = host.CreateClient();

        var asking = reader.GetAsync("/bai-viet/da-go", Cancellation);
        await transport.ArticleRead; // begins after the wait for the catalogue
        clock.Advance(TimeSpan.FromSeconds(1));
        transport.Listing.SetResult();

        using var answer = await asking;
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    /// <summary>Delays listings until the test allows them.</summary>
    private sealed class SlowListing : HttpClientTransport
    {
        private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Listing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when an article is requested.</summary>
        public Task ArticleRead => _read.Task;

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            if (message.Request.Uri.Query.Contains("comp=list", StringComparison.Ordinal))
            {
                await Listing.Task;
            }
            else if (message.Request.Uri.Path.EndsWith("/da-go.html", StringComparison.Ordinal))
            {
                _read.TrySetResult();
            }

            await base.ProcessAsync(message);
        }
    }
}
