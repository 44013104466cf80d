using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Articles;

namespace PhucThuan.Tests.Articles;

public sealed class CatalogueReaderTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_the_articles_only_new_and_changed_ones_are_read_again()
    {
        foreach (var slug in new[] { "mot", "hai", "ba" })
        {
            await storage.UploadAsync(slug, $"<title>{slug}</title>");
        }

        var transport = new CountingTransport();
        await using var host = new PortalHost(
            storage.ConnectionString, services => services.ConfigureAll<BlobClientOptions>(options => options.Transport = transport));
        var reader = host.Services.GetRequiredService<CatalogueReader>();
        var known = await reader.ReadAsync(Catalogue.Empty, Cancellation);
        Assert.Equal(["ba.html", "hai.html", "mot.html"], transport.TakeArticles());

        Assert.Same(known, await reader.ReadAsync(known, Cancellation));
        Assert.Empty(transport.TakeArticles());

        await storage.UploadAsync("hai", "<title>sửa</title>");
        await storage.UploadAsync("bon", "<title>bốn</title>");
        Assert.Equal(4, (await reader.ReadAsync(known, Cancellation)).Entries.Count);
        Assert.Equal(["bon.html", "hai.html"], transport.TakeArticles());
    }

    /// <summary>Notes the articles whose content is asked for.</summary>
    private sealed class CountingTransport : HttpClientTransport
    {
        private readonly ConcurrentQueue<string> _articles = new();

        public List<string> TakeArticles()
        {
            List<string> taken = [.. _articles.Order()];
            _articles.Clear();
            return taken;
        }

        public override ValueTask ProcessAsync(HttpMessage message)
        {
            var path = message.Request.Uri.Path;
            if (message.Request.Method == RequestMethod.Get && path.EndsWith(".html", StringComparison.Ordinal))
            {
                _articles.Enqueue(path[(path.LastIndexOf('/') + 1)..]);
            }

            return base.ProcessAsync(message);
        }
    }
}
