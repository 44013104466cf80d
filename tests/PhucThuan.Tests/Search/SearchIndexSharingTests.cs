using System.Net;
using Azure.Storage.Blobs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Search;

namespace PhucThuan.Tests.Search;

/// <summary>Tests of the search index shared by instances.</summary>
public sealed class SearchIndexSharingTests : IAsyncLifetime
{
    private const string IndexNotice = "đang lập chỉ mục";

    private readonly AzuriteFixture _storage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private BlobClient Shared => _storage.Catalogue.GetBlobClient(SearchIndexBlob.BlobName);

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        for (var number = 1; number <= 5; number++)
        {
            await _storage.UploadAsync($"bai-{number}", $"<title>Bài {number}</title><p>Chuyện lúa</p>");
        }
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task A_second_instance_downloads_the_index_and_reads_only_changed_articles()
    {
        await SearchOnceAsync("lúa", new(), found: 5);
        await _storage.UploadAsync("bai-3", "<title>Bài 3</title><p>Chuyện ngô</p>");
        await _storage.UploadAsync("bai-6", "<title>Bài 6</title><p>Chuyện lúa</p>");
        await _storage.Articles.DeleteBlobAsync("bai-1.html", cancellationToken: Cancellation);

        var transport = new CountingTransport();
        var page = await SearchOnceAsync("lúa", transport, found: 4);

        Assert.DoesNotContain("bai-1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("bai-3", page, StringComparison.Ordinal);

        // Each article is read twice: for the catalogue and for the index.
        Assert.Equal(["bai-3.html", "bai-3.html", "bai-6.html", "bai-6.html"], transport.ArticlesRead.Order());

        transport = new();
        await SearchOnceAsync("lúa", transport, found: 4);
        Assert.Empty(transport.ArticlesRead);
    }

    [Fact]
    public async Task Articles_are_missing_only_until_the_index_has_a_version_of_them()
    {
        await SearchOnceAsync("lúa", new(), found: 5);
        for (var number = 1; number <= 5; number++)
        {
            await _storage.UploadAsync($"bai-{number}", $"<title>Bài {number}</title><p>Chuyện lúa mới</p>");
        }

        var transport = new CountingTransport();
        await using var host = Host(transport);
        using var client = host.CreateClient();
        await Eventually.AssertAsync(() => client.GetStringAsync("/", Cancellation)); // the catalogue reads all
        var reading = new TaskCompletionSource();
        transport.BeforeRead = _ => reading.Task;

        // Until the shared index is downloaded, the page has no results.
        await Eventually.AssertAsync(async () =>
        {
            var found = await client.GetStringAsync("/tim-kiem?q=l%C3%BAa", Cancellation);
            Assert.Equal(5, Count(found));
            Assert.DoesNotContain(IndexNotice, found, StringComparison.Ordinal);
        });

        // The page must not say "no article" while an unread version may contain the word.
        var page = await client.GetStringAsync("/tim-kiem?q=m%E1%BB%9Bi", Cancellation);
        Assert.Contains(IndexNotice, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có bài", page, StringComparison.Ordinal);

        reading.SetResult();
        Assert.Equal(5, Count(await SearchAsync(client, "mới")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no brotli at all")]
    [InlineData("\u000b\u0002\u0080no database\u0003")] // Brotli, stored
    public async Task An_invalid_shared_index_is_replaced(string content)
    {
        await SearchOnceAsync("lúa", new(), found: 5);
        await Shared.UploadAsync(
            new BinaryData(content.Select(letter => (byte)letter).ToArray()), overwrite: true, Cancellation);

        await SearchOnceAsync("lúa", new(), found: 5);

        var transport = new CountingTransport();
        await SearchOnceAsync("lúa", transport, found: 5);
        Assert.Empty(transport.ArticlesRead);
    }

    [Fact]
    public async Task Without_the_container_the_search_works()
    {
        await _storage.Catalogue.DeleteAsync(cancellationToken: Cancellation);

        await SearchOnceAsync("lúa", new(), found: 5);
    }

    [Fact]
    public async Task Of_two_instances_with_the_same_change_one_uploads_the_index()
    {
        await using var first = new PortalHost(_storage.ConnectionString, settings: Quick);
        await using var second = new PortalHost(_storage.ConnectionString, settings: Quick);
        using var firstClient = first.CreateClient();
        using var secondClient = second.CreateClient();
        await SearchAsync(firstClient, "lúa");
        await SearchAsync(secondClient, "lúa");
        var before = await ETagAsync();

        await _storage.UploadAsync("bai-6", "<title>Bài 6</title><p>Chuyện lúa</p>");
        await FindSixAsync(firstClient);
        await Eventually.AssertAsync(async () => Assert.NotEqual(before, await ETagAsync()));
        var between = await ETagAsync();
        await FindSixAsync(secondClient);
        await second.DisposeAsync(); // waits for the upload

        Assert.Equal(between, await ETagAsync());
    }

    [Fact]
    public async Task An_article_with_a_future_date_is_not_found()
    {
        await _storage.UploadAsync(
            "ngay-mai", "<title>Ngày mai</title><meta name=date content=2031-05-02T07:00:00+07:00>");
        var clock = new FakeTimeProvider(new(2031, 5, 2, 6, 59, 59, TimeSpan.FromHours(7)));
        await using var host =
            new PortalHost(_storage.ConnectionString, services => services.AddSingleton<TimeProvider>(clock));
        using var client = host.CreateClient();
        Assert.Equal(0, Count(await SearchAsync(client, "ngày mai")));

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, Count(await SearchAsync(client, "ngày mai")));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("search.db")]
    public async Task A_deleted_index_is_rebuilt(string files)
    {
        await using var host = new PortalHost(_storage.ConnectionString, settings: Quick);
        using var client = host.CreateClient();
        await SearchAsync(client, "lúa");

        DeleteFiles(host, files);
        using var response = await client.GetAsync("/tim-kiem?q=l%C3%BAa", Cancellation);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(5, Count(await SearchAsync(client, "lúa")));

        // Here the update of the index detects the loss, not a search.
        await _storage.UploadAsync("bai-6", "<title>Bài 6</title><p>Chuyện lúa</p>");
        await Eventually.AssertAsync(async () => Assert.Contains(
            "Bài 6", await client.GetStringAsync("/", Cancellation), StringComparison.Ordinal));
        DeleteFiles(host, files);
        await FindSixAsync(client);
    }

    [Fact]
    public async Task An_instance_stops_cleanly_without_its_index()
    {
        await using var host = new PortalHost(_storage.ConnectionString);
        using var client = host.CreateClient();
        await SearchAsync(client, "lúa");
        DeleteFiles(host, "*");

        // Disposed directly, because the host swallows exceptions at shutdown.
        await host.Services.GetRequiredService<ArticleSearch>().DisposeAsync();
    }

    private static Dictionary<string, string?> Quick => new() { ["Articles:FreshSeconds"] = "1" };

    /// <summary>
    /// Deletes files like a cleanup of the temporary folder, and closes pooled connections, which would continue to use
    /// the deleted files.
    /// </summary>
    private static void DeleteFiles(PortalHost host, string files)
    {
        var folder = host.Services.GetRequiredService<ArticleSearch>().Folder!;
        foreach (var file in folder.GetFiles(files))
        {
            file.Delete();
        }

        if (files == "*")
        {
            folder.Delete();
        }

        SqliteConnection.ClearAllPools();
    }

    private static int Count(string page) => page.Split("<h2>").Length - 1;

    /// <summary>Repeats the search until the index is complete.</summary>
    private static async Task<string> SearchAsync(HttpClient client, string query)
    {
        var page = "";
        await Eventually.AssertAsync(async () =>
        {
            page = await client.GetStringAsync("/tim-kiem?q=" + Uri.EscapeDataString(query), Cancellation);
            Assert.DoesNotContain(IndexNotice, page, StringComparison.Ordinal);
        });
        return page;
    }

    private static Task FindSixAsync(HttpClient client) => Eventually.AssertAsync(async () =>
        Assert.Equal(6, Count(await SearchAsync(client, "lúa"))));

    private async Task<string> ETagAsync() =>
        (await Shared.GetPropertiesAsync(cancellationToken: Cancellation)).Value.ETag.ToString();

    /// <summary>Repeats the search on a new instance until it finds this number of articles.</summary>
    private async Task<string> SearchOnceAsync(string query, CountingTransport transport, int found)
    {
        await using var host = Host(transport);
        using var client = host.CreateClient();
        var page = "";
        await Eventually.AssertAsync(async () =>
        {
            page = await SearchAsync(client, query);
            Assert.Equal(found, Count(page));
        });
        return page;
    }

    private PortalHost Host(CountingTransport transport) => new(
        _storage.ConnectionString,
        services => services.ConfigureAll<BlobClientOptions>(options => options.Transport = transport));
}
