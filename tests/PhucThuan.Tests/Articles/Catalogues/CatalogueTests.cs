using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Articles.Catalogues;

/// <summary>Tests of the catalogue and its snapshot across instances.</summary>
public sealed class CatalogueTests : IAsyncLifetime
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
    public async Task A_second_instance_reads_the_snapshot_and_only_changed_articles()
    {
        await GetHomeAsync(new CountingTransport());
        await _storage.UploadAsync("bai-3", "<title>Bài 3 sửa</title><meta name=date content=2026-01-03>");
        await _storage.UploadAsync("bai-6", "<title>Bài 6</title><meta name=date content=2026-01-06>");
        var transport = new CountingTransport();

        var home = await GetHomeAsync(transport);

        Assert.Contains("Bài 3 sửa", home, StringComparison.Ordinal);
        Assert.Equal(["bai-3.html", "bai-6.html"], transport.ArticlesRead.Order());
        transport = new CountingTransport();
        await GetHomeAsync(transport);
        Assert.Empty(transport.ArticlesRead);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("no brotli at all")]
    public async Task An_invalid_snapshot_is_replaced(string content)
    {
        await GetHomeAsync(new CountingTransport());
        var blob = _storage.Catalogue.GetBlobClient(CatalogueSnapshot.BlobName);
        await blob.UploadAsync(BinaryData.FromString(content), overwrite: true, Cancellation);
        var transport = new CountingTransport();

        Assert.Contains("Bài 5", await GetHomeAsync(transport), StringComparison.Ordinal);

        Assert.Equal(5, transport.ArticlesRead.Count);
        transport = new CountingTransport();
        await GetHomeAsync(transport);
        Assert.Empty(transport.ArticlesRead);
    }

    [Fact]
    public async Task Without_the_snapshot_container_all_articles_are_listed()
    {
        await _storage.Catalogue.DeleteAsync(cancellationToken: Cancellation);

        Assert.Contains("Bài 5", await GetHomeAsync(new CountingTransport()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_article_is_410_at_an_instance_that_never_saw_it()
    {
        await GetHomeAsync(new CountingTransport());
        await _storage.Articles.DeleteBlobAsync("bai-2.html", cancellationToken: Cancellation);
        await using (var host = new PortalHost(_storage.ConnectionString))
        using (var client = host.CreateClient())
        {
            Assert.DoesNotContain("bai-2", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Gone, await StatusAsync(client, "/bai-viet/bai-2"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/bai-viet/chua-tung-co"));
        }

        await using (var later = new PortalHost(_storage.ConnectionString))
        using (var client = later.CreateClient())
        {
            Assert.Equal(HttpStatusCode.Gone, await StatusAsync(client, "/bai-viet/bai-2"));
            await _storage.UploadAsync("bai-2", "<title>Bài 2 đăng lại</title>");
            await Eventually.AssertAsync(async () =>
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/bai-viet/bai-2")));
        }
    }

    [Fact]
    public async Task An_article_that_was_never_visible_or_is_hidden_is_not_410()
    {
        await _storage.UploadAsync("ngay-mai", "<title>Ngày mai</title><meta name=date content=2099-05-02>");
        await GetHomeAsync(new CountingTransport());
        await _storage.Articles.DeleteBlobAsync("ngay-mai.html", cancellationToken: Cancellation);
        await _storage.UploadAsync("bai-1", "<title>Bài 1</title>" + new string('a', ArticleReader.MaxFileLength));
        await using var host = new PortalHost(_storage.ConnectionString);
        using var client = host.CreateClient();

        Assert.DoesNotContain("bai-1", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/bai-viet/ngay-mai"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/bai-viet/bai-1"));
    }

    [Fact]
    public async Task After_a_period_without_requests_readers_get_the_current_list()
    {
        await using var host =
            new PortalHost(_storage.ConnectionString, settings: new() { ["Articles:FreshSeconds"] = "1" });
        using var client = host.CreateClient();
        await client.GetStringAsync("/", Cancellation);
        await _storage.UploadAsync("bai-6", "<title>Bài 6</title><meta name=date content=2026-01-06>");

        // A fixed delay on purpose: the test is about a period without requests, here six times FreshSeconds.
        await Task.Delay(TimeSpan.FromSeconds(6.5), TimeProvider.System, Cancellation);

        // A request waits at most half a second for the new list: on a busy machine, the first response is still stale.
        await Eventually.AssertAsync(async () =>
            Assert.Contains("Bài 6", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_article_with_a_future_date_is_not_visible_yet()
    {
        await _storage.UploadAsync(
            "ngay-mai", "<title>Ngày mai</title><meta name=date content=2031-05-02T07:00:00+07:00>");
        var clock = new FakeTimeProvider(new(2031, 5, 2, 6, 59, 59, TimeSpan.FromHours(7)));
        await using var host =
            new PortalHost(_storage.ConnectionString, services => services.AddSingleton<TimeProvider>(clock));
        using var client = host.CreateClient();

        Assert.DoesNotContain("Ngày mai", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Ngày mai", await client.GetStringAsync("/feed.xml", Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/bai-viet/ngay-mai"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/api/visits/ngay-mai"));

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("Ngày mai", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        Assert.Equal(
            3, (await client.GetStringAsync("/sitemap.xml", Cancellation)).Split("<lastmod>2031-05-02T").Length);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/bai-viet/ngay-mai"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/api/visits/ngay-mai"));
    }

    [Fact]
    public async Task A_page_links_to_its_neighbours_and_is_updated_for_a_new_one()
    {
        await using var host =
            new PortalHost(_storage.ConnectionString, settings: new() { ["Articles:FreshSeconds"] = "1" });
        using var client = host.CreateClient();
        await client.GetStringAsync("/", Cancellation);

        await Eventually.AssertAsync(async () =>
        {
            var page = await client.GetStringAsync("/bai-viet/bai-5", Cancellation);
            Assert.Contains("""<a href="/bai-viet/bai-4" rel="prev">""", page, StringComparison.Ordinal);
            Assert.DoesNotContain("rel=\"next\"", page, StringComparison.Ordinal);
        });

        await _storage.UploadAsync("bai-6", "<title>Bài 6</title><meta name=date content=2026-01-06>");

        await Eventually.AssertAsync(async () => Assert.Contains(
            """<a href="/bai-viet/bai-6" rel="next">""", await client.GetStringAsync("/bai-viet/bai-5", Cancellation),
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Articles_read_before_an_instance_stopped_are_not_read_again()
    {
        var more = Enumerable.Range(6, CatalogueReader.BatchSize);
        await Parallel.ForEachAsync(
            more, Cancellation, async (number, _) => await _storage.UploadAsync($"bai-{number}", "<title>Bài</title>"));
        var first = new CountingTransport
        {
            BeforeRead = number => number > CatalogueReader.BatchSize
                ? Task.FromException(new RequestFailedException(403, "Not now."))
                : Task.CompletedTask,
        };
        await using (var host = Host(first))
        using (var client = host.CreateClient())
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(client, "/"));

            // On a slow machine, the response may come before the first batch of articles is read.
            await Eventually.AssertAsync(() => Task.Run(
                () => Assert.True(first.ArticlesRead.Count > CatalogueReader.BatchSize)));
        }

        var next = new CountingTransport();
        await GetHomeAsync(next);

        Assert.Equal(5, next.ArticlesRead.Count);
        Assert.DoesNotContain(first.ArticlesRead.Take(CatalogueReader.BatchSize), next.ArticlesRead.Contains);
    }

    [Fact]
    public async Task The_first_list_times_out_and_its_creation_continues_after_the_first_request()
    {
        var gate = new TaskCompletionSource();
        var transport = new CountingTransport { BeforeRead = _ => gate.Task };
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = Host(transport, clock);
        using var client = host.CreateClient();
        using var impatient = new CancellationTokenSource();

        var gone = client.GetAsync("/", impatient.Token);
        await Eventually.AssertAsync(() => Task.Run(() => Assert.NotEmpty(transport.ArticlesRead)));
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        var waiting = client.GetAsync("/", Cancellation);
        await Eventually.AssertAsync(() => Task.Run(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(waiting.IsCompleted);
        }));
        using (var answer = await waiting)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        gate.SetResult();
        await Eventually.AssertAsync(async () => Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/")));
        Assert.Equal(5, transport.ArticlesRead.Count);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Cancellation);
        return response.StatusCode;
    }

    /// <summary>Requests the home page of a new instance.</summary>
    private async Task<string> GetHomeAsync(CountingTransport transport)
    {
        await using var host = Host(transport);
        using var client = host.CreateClient();
        return await client.GetStringAsync("/", Cancellation);
    }

    private PortalHost Host(CountingTransport transport, TimeProvider? clock = null) => new(
        _storage.ConnectionString,
        services => services.ConfigureAll<BlobClientOptions>(options => options.Transport = transport)
            .AddSingleton(clock ?? TimeProvider.System));
}
