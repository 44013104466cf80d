using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace PhucThuan.Tests.Articles.Pages;

/// <summary>The effects of steering metadata on pages, lists and feeds as time passes.</summary>
public sealed class SteeringTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(7));

    private readonly AzuriteFixture _storage = new();
    private readonly FakeTimeProvider _clock = new(Start);
    private PortalHost? _host;
    private HttpClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        await UploadAsync("bai-moi", "date=24-11-2026", "category=Thông báo");
        await UploadAsync("bai-cu", "date=20-11-2026", "category=An ninh");
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_banner_appears_and_disappears_on_time_on_cached_pages()
    {
        await UploadAsync(
            "nuoc-lu", "title=The flood is rising", "language=en", "date=25-11-2026 09:00", "urgent=25-11-2026 12:00");
        string[] pages = ["/", "/bai-viet/bai-moi", "/chuyen-muc/an-ninh", "/so-do-trang", "/thong-ke", "/tim-kiem",
            "/tim-kiem?q=xyzzy", "/khong-co", "/bai-viet/nuoc-luu"];
        foreach (var page in pages)
        {
            Assert.DoesNotContain("The flood", await GetAsync(page), StringComparison.Ordinal);
        }

        _clock.Advance(TimeSpan.FromHours(1));
        foreach (var page in pages)
        {
            // A page that takes more than half a second to render is served from the next request on.
            await Eventually.AssertAsync(async () =>
                Assert.Contains("<aside class=\"urgent\"", await GetAsync(page), StringComparison.Ordinal));

            // WCAG 3.1.2: a screen reader needs the language of the title, in the banner and in lists.
            var document = await new HtmlParser().ParseDocumentAsync(await GetAsync(page), Cancellation);
            var links = document.QuerySelectorAll("a[href='/bai-viet/nuoc-lu']");
            Assert.All(links, link => Assert.True(
                link.GetAttribute("lang") == "en" || link.QuerySelector("[lang=en]") is not null,
                $"{page}: {link.ParentElement!.InnerHtml}"));
        }

        _clock.Advance(TimeSpan.FromHours(3));
        foreach (var page in pages)
        {
            await Eventually.AssertAsync(async () =>
                Assert.DoesNotContain("<aside class=\"urgent\"", await GetAsync(page), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_pinned_article_leads_the_home_page_until_its_end()
    {
        await UploadAsync("ghim", "date=01-01-2020", "pinned=25-11-2026 10:00");

        Assert.Equal(["ghim", "bai-moi", "bai-cu"], await ListAsync("/"));
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["bai-moi", "bai-cu", "ghim"], await ListAsync("/"));
    }

    [Fact]
    public async Task An_expired_article_keeps_its_page_and_leaves_the_lists()
    {
        await UploadAsync(
            "hoi-cho", "title=Hội chợ", "date=23-11-2026", "category=Thông báo", "expires=25-11-2026 10:00");
        Assert.Contains("hoi-cho", await ListAsync("/"));
        Assert.DoesNotContain("Đã kết thúc", await GetAsync("/bai-viet/hoi-cho"), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromHours(2));

        foreach (var list in new[] { "/", "/chuyen-muc/thong-bao", "/feed.xml", "/so-do-trang" })
        {
            Assert.DoesNotContain("hoi-cho", await GetAsync(list), StringComparison.Ordinal);
        }

        // A busy machine serves the stale page while it renders the new one, and searches an incomplete index.
        foreach (var address in new[] { "/bai-viet/hoi-cho", "/tim-kiem?q=hoi+cho" })
        {
            await Eventually.AssertAsync(async () =>
                Assert.Contains("Đã kết thúc", await GetAsync(address), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_correction_is_in_the_page_the_structured_data_and_the_feed()
    {
        await UploadAsync("lich-hop", "date=20-11-2026", "updated=24-11-2026 15:30", "correction=Đổi giờ họp.");

        var page = await GetAsync("/bai-viet/lich-hop");

        Assert.Contains(
            "Cập nhật <time datetime=\"2026-11-24T15:30:00+07:00\">24-11-2026 15:30</time>: Đổi giờ họp.", page,
            StringComparison.Ordinal);
        Assert.Contains(
            "\"dateModified\":\"2026-11-24T15:30:00+07:00\"", page.Replace("\\u002B", "+", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains(
            "<updated>2026-11-24T15:30:00+07:00</updated>", await GetAsync("/feed.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_official_document_shows_its_number_date_and_issuer()
    {
        await UploadAsync(
            "quyet-dinh", "date=20-11-2026", "number=12/QĐ-UBND", "issued=19-11-2026", "issuer=UBND xã Phúc Thuận");

        var page = await GetAsync("/bai-viet/quyet-dinh");

        Assert.Contains("<dd>12/QĐ-UBND</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2026-11-19\">19-11-2026</time>", page, StringComparison.Ordinal);
        Assert.Contains("<dd>UBND xã Phúc Thuận</dd>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replaced_article_redirects_to_the_end_of_its_chain_and_is_not_listed()
    {
        await UploadAsync("ban-1", "title=Bản đầu", "date=01-11-2026", "redirect=ban-2.html");
        await _storage.UploadAsync("ban-2", "<meta name=date content=01-11-2026><meta name=redirect content=bai-moi>");

        foreach (var old in new[] { "/bai-viet/ban-1", "/bai-viet/ban-2" })
        {
            using var response = await SendAsync(old);
            Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
            Assert.Equal("/bai-viet/bai-moi", response.Headers.Location?.ToString());
            Assert.Contains("max-age=15", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(["bai-moi", "bai-cu"], await ListAsync("/"));
        Assert.DoesNotContain(
            "ban-", await GetAsync("/sitemap.xml") + await GetAsync("/tim-kiem?q=ban+dau"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Articles_in_a_redirect_loop_or_with_a_missing_target_stay_pages()
    {
        await UploadAsync("vong-a", "date=01-11-2026", "redirect=vong-b");
        await UploadAsync("vong-b", "date=01-11-2026", "redirect=vong-a");
        await UploadAsync("lac", "date=01-11-2026", "redirect=khong-co");

        foreach (var slug in new[] { "vong-a", "vong-b", "lac" })
        {
            using var response = await SendAsync("/bai-viet/" + slug);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Categories_are_in_alphabetical_order_until_their_file_sets_one()
    {
        await UploadAsync("them", "date=22-11-2026", "category=Đời sống");
        var map = await GetAsync("/so-do-trang");
        AssertInOrder(map, "muc-an-ninh", "muc-doi-song", "muc-thong-bao");

        await _storage.Articles.GetBlobClient("categories.csv").UploadAsync(
            BinaryData.FromString("THÔNG BÁO\nĐời sống\nKhông có bài"), Cancellation);
        await Eventually.AssertAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            var ordered = await GetAsync("/so-do-trang");
            AssertInOrder(ordered, "muc-thong-bao", "muc-doi-song", "muc-an-ninh");
            Assert.Contains(">THÔNG BÁO</a>", ordered, StringComparison.Ordinal);
            Assert.DoesNotContain("Không có bài", ordered, StringComparison.Ordinal);
            AssertInOrder(
                await GetAsync("/"), "/chuyen-muc/thong-bao\">", "/chuyen-muc/doi-song\">", "/chuyen-muc/an-ninh\">");
        });
    }

    [Fact]
    public async Task Linked_files_show_type_and_size_and_are_listed_at_the_end()
    {
        await _storage.Media.GetBlobClient("mau-don.pdf")
            .UploadAsync(BinaryData.FromBytes(new byte[1_258_291]), Cancellation);
        await _storage.UploadAsync("thu-tuc", """
            <title>Thủ tục</title><meta name=date content=20-11-2026>
            <p>Xem <a href="media/mau-don.pdf#page=2">Mẫu đơn (PDF)</a>, <a href="media/mau-don.pdf">mẫu ấy</a> và <a
              href="media/chua-co.docx">mẫu mới</a>.
            """);

        // A page without sizes is served while storage is slow.
        await Eventually.AssertAsync(async () =>
        {
            var page = await GetAsync("/bai-viet/thu-tuc");
            Assert.Contains("Mẫu đơn (PDF)</a> (1,2 MB)", page, StringComparison.Ordinal);
            Assert.Contains("mẫu ấy</a> (PDF, 1,2 MB)", page, StringComparison.Ordinal);
            Assert.Contains(
                "<li><a href=\"/media/mau-don.pdf\">Mẫu đơn</a> (PDF, 1,2 MB)</li>", page, StringComparison.Ordinal);
            Assert.Contains(
                "<li><a href=\"/media/chua-co.docx\">mẫu mới</a> (DOCX, chưa có tệp)</li>",
                page,
                StringComparison.Ordinal);
            Assert.Equal(
                2, page.Split("<section class=\"attachments\"")[1].Split("</section>")[0].Split("<li>").Length - 1);
        });

        await _storage.Media.GetBlobClient("chua-co.docx")
            .UploadAsync(BinaryData.FromBytes(new byte[2048]), Cancellation);
        await Eventually.AssertAsync(async () =>
            Assert.Contains("(DOCX, 2 KB)", await GetAsync("/bai-viet/thu-tuc"), StringComparison.Ordinal));
    }

    private static void AssertInOrder(string page, params string[] parts)
    {
        var places = parts.Select(part => page.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.True(places.All(place => place >= 0) && places.SequenceEqual(places.Order()), string.Join(", ", places));
    }

    private Task UploadAsync(string slug, params string[] metadata) => _storage.UploadAsync(
        slug,
        $"<head>{string.Concat(metadata.Select(ToElement))}</head><p>Chữ của bài.</p>");

    private static string ToElement(string pair)
    {
        var parts = pair.Split('=');
        return $"<meta name={parts[0]} content=\"{parts[1]}\">";
    }

    private async Task<string[]> ListAsync(string address) =>
        [.. (await GetAsync(address)).Split("<h2><a href=\"/bai-viet/").Skip(1).Select(part => part.Split('"')[0])];

    private async Task<string> GetAsync(string address)
    {
        using var response = await SendAsync(address);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    /// <summary>Starts the host with the first request, which is after the uploads of the test.</summary>
    private Task<HttpResponseMessage> SendAsync(string address)
    {
        _host ??= new PortalHost(
            _storage.ConnectionString,
            services => services.AddSingleton<TimeProvider>(_clock),
            new() { ["Articles:FreshSeconds"] = "1" });
        _client ??= new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address };
        return _client.GetAsync(address, Cancellation);
    }
}
