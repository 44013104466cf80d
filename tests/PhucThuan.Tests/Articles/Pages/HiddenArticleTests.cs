using System.Net;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Articles.Catalogues;

namespace PhucThuan.Tests.Articles.Pages;

/// <summary>Blobs that have an article's name and cannot be shown.</summary>
public sealed class HiddenArticleTests : IAsyncLifetime
{
    private readonly AzuriteFixture _storage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        for (var number = 1; number <= 5; number++)
        {
            await _storage.UploadAsync(
                $"bai-{number}", $"<title>Bài {number}</title><meta name=date content=2026-01-0{number}>");
        }
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task An_exception_while_reading_one_article_hides_no_other()
    {
        var transport = new CountingTransport
        {
            BeforeRead = number => number == 3
                ? Task.FromException(new InvalidDataException("A bug."))
                : Task.CompletedTask,
        };
        await using var host = Host(transport, TimeProvider.System);
        using var client = host.CreateClient();

        var home = await client.GetStringAsync("/", Cancellation);

        Assert.Equal(4, home.Split("<h2><a href=\"/bai-viet/bai-").Length - 1);
    }

    [Fact]
    public async Task A_blob_that_is_no_article_is_read_once_listed_nowhere_and_404()
    {
        await _storage.UploadAsync("gia-docx", "PK\u0003\u0004");
        var transport = new CountingTransport();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = Host(transport, clock);
        using var client = host.CreateClient();

        Assert.DoesNotContain("gia-docx", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        Assert.Equal(6, transport.ArticlesRead.Count);
        await _storage.UploadAsync("bai-6", "<title>Bài 6</title><meta name=date content=2026-01-06>");
        await Eventually.AssertAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Contains("Bài 6", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        });

        Assert.Equal(7, transport.ArticlesRead.Count);
        using var page = await client.GetAsync("/bai-viet/gia-docx", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        foreach (var list in new[] { "/feed.xml", "/sitemap.xml", "/so-do-trang", "/tim-kiem?q=docx" })
        {
            Assert.DoesNotContain(
                "gia-docx", await client.GetStringAsync(list, Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_article_with_an_unreadable_new_version_is_not_410_and_not_read_at_every_listing()
    {
        var transport = new CountingTransport
        {
            BeforeRead = number => number == 6
                ? Task.FromException(new InvalidDataException("A bug."))
                : Task.CompletedTask,
        };
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = Host(transport, clock);
        using var client = host.CreateClient();
        await client.GetStringAsync("/", Cancellation);
        await _storage.UploadAsync("bai-5", "<p>Không đọc được");
        await ListAsync(home => Assert.DoesNotContain("bai-5", home, StringComparison.Ordinal));
        await _storage.UploadAsync("bai-7", "<title>Bài 7</title><meta name=date content=2026-01-07>");
        await ListAsync(home => Assert.Contains("Bài 7", home, StringComparison.Ordinal));

        Assert.Equal(["bai-5.html", "bai-7.html"], transport.ArticlesRead.Skip(5));
        await _storage.Articles.DeleteBlobAsync("bai-4.html", cancellationToken: Cancellation);
        await ListAsync(home => Assert.DoesNotContain("bai-4", home, StringComparison.Ordinal));
        var removed = (await host.Services.GetRequiredService<CatalogueCache>().GetAllAsync(Cancellation)).Removed;
        Assert.Equal(["bai-4"], removed.Keys);

        Task ListAsync(Action<string> check) => Eventually.AssertAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            check(await client.GetStringAsync("/", Cancellation));
        });
    }

    private PortalHost Host(CountingTransport transport, TimeProvider clock) => new(
        _storage.ConnectionString,
        services => services
            .ConfigureAll<BlobClientOptions>(options => options.Transport = transport)
            .AddSingleton(clock),
        new() { ["Articles:FreshSeconds"] = "1" });
}
