using System.Net;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Reading;

namespace PhucThuan.Tests.Editors;

/// <summary>The editors' desk: access and content.</summary>
public sealed class DeskTests : IAsyncLifetime
{
    private readonly AzuriteFixture _storage = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly CountingStorage _transport = new();
    private readonly ListLogger _log = new();
    private PortalHost _host = null!;
    private EditorsDesk _desk = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        await _storage.UploadAsync("tot", Html("Bài tốt"));
        _host = new PortalHost(_storage.ConnectionString, services => services
            .ConfigureAll<BlobClientOptions>(options => options.Transport = _transport)
            .AddSingleton<ILoggerProvider>(_log)
            .AddSingleton<TimeProvider>(_clock), new()
            {
                ["Articles:FreshSeconds"] = "300", // a refresh of the catalogue would be a storage request
            });
        _desk = new(_storage, _host);
    }

    public async ValueTask DisposeAsync()
    {
        _desk.Dispose();
        await _host.DisposeAsync();
        await _storage.DisposeAsync();
        _log.Dispose();
        _transport.Dispose();
    }

    [Fact]
    public async Task The_link_in_the_drafts_opens_the_desk_without_caching_or_referrer()
    {
        var link = await _desk.FindLinkAsync();

        using var page = await _desk.Client.GetAsync(link, Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.Contains("noindex", page.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.Equal(["no-referrer"], page.Headers.GetValues("Referrer-Policy"));
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Bài tốt", html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("visits.", html, StringComparison.Ordinal);
        var robots = await _desk.Client.GetStringAsync("/robots.txt", Cancellation);
        Assert.Contains("Disallow: /ban-bien-tap\n", robots, StringComparison.Ordinal);
        Assert.Contains("Disallow: /ban-nhap\n", robots, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_an_ordinary_404_without_a_storage_request()
    {
        var link = await _desk.FindLinkAsync();
        var key = link.Segments[^1];
        using var nowhere = await _desk.Client.GetAsync("/media/khong-co.exe", Cancellation);
        await _desk.Client.GetAsync(link + "x", Cancellation);
        var expected = await nowhere.Content.ReadAsStringAsync(Cancellation);
        var before = _transport.Requests;

        foreach (var wrong in new[] { "x", key[..^1], key + "a", key.ToUpperInvariant(), new string('a', 43),
            "%C4%91" })
        {
            foreach (var address in new[] { $"/ban-bien-tap/{wrong}", $"/ban-bien-tap/{wrong}/tinh-trang.json",
                $"/ban-nhap/{wrong}/bai.html" })
            {
                using var answer = await _desk.Client.GetAsync(address, Cancellation);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                Assert.Equal(expected, await answer.Content.ReadAsStringAsync(Cancellation));
            }
        }

        Assert.Equal(before, _transport.Requests);
    }

    [Fact]
    public async Task Deleting_the_blob_replaces_the_link()
    {
        var old = await _desk.FindLinkAsync();
        await _storage.DraftFiles.DeleteBlobAsync(EditorsDesk.LinkBlob, cancellationToken: Cancellation);

        await Eventually.AssertAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            using var tried = await _desk.Client.GetAsync(old, Cancellation);
            Assert.NotEqual(old, await _desk.FindLinkAsync());
        });

        using var former = await _desk.Client.GetAsync(old, Cancellation);
        using var present = await _desk.Client.GetAsync(await _desk.FindLinkAsync(), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, former.StatusCode);
        Assert.Equal(HttpStatusCode.OK, present.StatusCode);
    }

    [Fact]
    public async Task Instances_share_one_key_and_a_damaged_blob_is_replaced()
    {
        var link = await _desk.FindLinkAsync();
        await using (var second = new PortalHost(_storage.ConnectionString))
        {
            using var client = second.CreateClient();
            using var page = await client.GetAsync(link.AbsolutePath, Cancellation);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        foreach (var broken in new[] { "", "xin chào" })
        {
            await _storage.DraftFiles.GetBlobClient(EditorsDesk.LinkBlob)
                .UploadAsync(BinaryData.FromString(broken), overwrite: true, Cancellation);
            await Eventually.AssertAsync(async () =>
            {
                _clock.Advance(TimeSpan.FromMinutes(1));
                using var tried = await _desk.Client.GetAsync(link, Cancellation);
                var text = (
                    await _storage.DraftFiles.GetBlobClient(EditorsDesk.LinkBlob)
                        .DownloadContentAsync(Cancellation)).Value.Content.ToString();
                Assert.StartsWith("http", text, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public async Task Keys_are_in_no_log()
    {
        var link = await _desk.FindLinkAsync();
        await _storage.DraftFiles.DeleteAsync(cancellationToken: Cancellation);
        _transport.IsDown = true;

        using var failed = await _desk.Client.GetAsync(link, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Contains(_log.Lines, line => line.Contains("/ban-bien-tap/*", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains(link.Segments[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_file_is_listed_with_its_state()
    {
        var tomorrow = _clock.GetUtcNow().AddDays(1);
        await _storage.UploadAsync("hen-gio", Html("Hẹn giờ", $"<meta name=date content='{tomorrow:O}'>"));
        await _storage.UploadAsync("het-han", Html("Hết hạn", "<meta name=expires content=02-01-2026>"));
        await _storage.UploadAsync("chuyen", Html("Chuyển", "<meta name=redirect content=tot>"));
        await _storage.UploadAsync("gia", "PK\u0003\u0004");
        await _storage.UploadAsync("Tên sai", Html("Tên sai"));
        await UploadAsync(_storage.Articles, "categories.csv", "Tin tức");
        await UploadAsync(_storage.Media, "don.pdf", "%PDF");
        await UploadAsync(_storage.Media, "don.exe", "MZ");
        await UploadAsync(_storage.DraftFiles, "nhap.html", Html("Nháp"));

        var report = await _desk.ReadAsync();

        foreach (var (container, name, state) in new[]
        {
            ("articles", "tot.html", "published"), ("articles", "hen-gio.html", "scheduled"),
            ("articles", "het-han.html", "ended"),
            ("articles", "chuyen.html", "redirected"), ("articles", "gia.html", "refused"),
            ("articles", "categories.csv", "setting"),
            ("media", "don.pdf", "served"), ("media", "don.exe", "refused"), ("drafts", "nhap.html", "draft"),
        })
        {
            Assert.Equal(state, EditorsDesk.StateOf(EditorsDesk.FileOf(report, container, name)));
        }

        Assert.DoesNotContain(
            report.GetProperty("files").EnumerateArray(), file =>
                file.GetProperty("name").GetString() == EditorsDesk.LinkBlob);
    }

    [Fact]
    public async Task Each_file_is_listed_with_its_problems()
    {
        await _storage.UploadAsync("bai-xau", """
            <p>Một bài không có gì ngoài chữ, ảnh <img src="media/mat.jpg"> và liên kết <a href="media/mat.pdf">tệp</a>,
            <a href="bai-mat.html">bài</a>, <a href="media/Don.pdf">đơn</a>, <a href="tot.html">bài tốt</a>.</p>
            """);
        await _storage.UploadAsync("vong", Html("Vòng", "<meta name=redirect content=vong-2>"));
        await _storage.UploadAsync("vong-2", Html("Vòng 2", "<meta name=redirect content=vong>"));
        await _storage.UploadAsync(
            "go-sai", Html("Gõ sai", "<meta name=urgent content='mai mốt'>")
                .Replace("Tin tức", "Tin tuc", StringComparison.Ordinal));
        await _storage.UploadAsync("tot-2", Html("Bài tốt 2"));
        await UploadAsync(_storage.Media, "don.pdf", "%PDF");
        await UploadAsync(_storage.Media, "nho.gif", "GIF89a\u0010\u0000\u0010\u0000\u0000");
        await UploadAsync(_storage.Media, "rat-to.gif", "GIF89a\u0010\u007f\u0010\u007f\u0000");

        var report = await _desk.ReadAsync();

        Assert.Contains(
            "32528 × 32528",
            Assert.Single(EditorsDesk.ProblemsOf(EditorsDesk.FileOf(report, "media", "rat-to.gif"), "problem")),
            StringComparison.Ordinal);
        Assert.Empty(EditorsDesk.FileOf(report, "media", "nho.gif").GetProperty("problems").EnumerateArray());
        var bad = EditorsDesk.FileOf(report, "articles", "bai-xau.html");
        var problems = EditorsDesk.ProblemsOf(bad, "problem");
        foreach (var named in new[] { "tiêu đề", "mat.jpg", "mat.pdf", "bai-mat", "“don.pdf”" })
        {
            Assert.Single(problems, problem => problem.Contains(named, StringComparison.Ordinal));
        }

        Assert.Equal(5, problems.Count);
        Assert.Equal(3, EditorsDesk.ProblemsOf(bad, "advice").Count); // date, summary, alt
        Assert.Single(EditorsDesk.ProblemsOf(EditorsDesk.FileOf(report, "articles", "vong.html"), "problem"));
        Assert.Contains(
            "mai mốt",
            Assert.Single(EditorsDesk.ProblemsOf(EditorsDesk.FileOf(report, "articles", "go-sai.html"), "problem")),
            StringComparison.Ordinal);
        Assert.Contains(
            "Tin tức",
            Assert.Single(EditorsDesk.ProblemsOf(EditorsDesk.FileOf(report, "articles", "go-sai.html"), "advice")),
            StringComparison.Ordinal);
        Assert.Empty(EditorsDesk.FileOf(report, "articles", "tot.html").GetProperty("problems").EnumerateArray());
        Assert.Equal(
            "tot.html", report.GetProperty("files").EnumerateArray()
                .Last(file => file.GetProperty("container").GetString() == "articles").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_refused_file_is_read_once_until_its_version_changes()
    {
        await _storage.UploadAsync("nang", $"<p {string.Join(' ', Enumerable.Range(0, 900).Select(i => $"a{i}"))}>a");
        var reader = _host.Services.GetRequiredService<ArticleReader>();
        var name = ArticleName.Plain("nang");

        var first = await reader.ReadAsync(name, known: null, Cancellation);
        var received = _transport.Received;
        var second = await reader.ReadAsync(name, known: null, Cancellation);

        Assert.Contains("thuộc tính", first.HiddenBecause, StringComparison.Ordinal);
        Assert.Equal(first.HiddenBecause, second.HiddenBecause);
        Assert.Equal(received, _transport.Received);

        await _storage.UploadAsync("nang", Html("Đã sửa"));
        Assert.NotNull((await reader.ReadAsync(name, known: null, Cancellation)).Version);
        Assert.NotNull((await reader.ReadAsync(name, known: null, Cancellation)).Version);
    }

    [Fact]
    public async Task The_newest_problem_comes_first()
    {
        await _storage.UploadAsync("loi-cu", "PK\u0003\u0004");
        await _storage.UploadAsync("tot-moi", Html("Bài tốt mới"));
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, Cancellation); // whole seconds in storage
        await _storage.UploadAsync("loi-moi", "PK\u0003\u0004");
        await _storage.UploadAsync("binh-luan", Html("Có bình luận") + "<p hidden>ẩn</p><comment>Sửa lại</comment>");

        var report = await _desk.ReadAsync();
        var names = report.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString());

        // Files with remarks that only inform come after files that need a correction.
        Assert.Equal(["loi-moi.html", "loi-cu.html", "binh-luan.html"], names.Take(3));
        Assert.Equal(
            2, EditorsDesk.ProblemsOf(EditorsDesk.FileOf(report, "articles", "binh-luan.html"), "advice").Count);
    }

    private static async Task UploadAsync(BlobContainerClient container, string name, string text) =>
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(text), overwrite: true, Cancellation);

    private static string Html(string title, string meta = "") =>
        $"<title>{title}</title>{meta}<meta name=date content=01-01-2026><meta name=description content='Tóm tắt.'>"
            + $"<meta name=category content='Tin tức'><p>Lời.</p>";
}
