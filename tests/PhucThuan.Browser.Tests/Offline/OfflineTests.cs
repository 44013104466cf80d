using Microsoft.Playwright;
using PhucThuan.Tests.Visits;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Offline;

/// <summary>Offline reading: articles that were read and the home page are cached, and nothing else.</summary>
public sealed class OfflineTests(SampleSite site) : IClassFixture<SampleSite>
{
    private const string Article = "/bai-viet/" + VisitPages.OtherSlug;
    private const string WithPictures = "/bai-viet/vu-che-thu-sang-som-tren-nhung-doi-che";
    private const string Unread = "/bai-viet/" + VisitPages.ThirdSlug;
    private const string OfflinePage = "/doc-ngoai-tuyen";

    /// <summary>Script: the cached addresses.</summary>
    private const string Kept = """
        caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(cache => cache.keys()))))
          .then(all => [].concat(...all).map(request => request.url.slice(location.origin.length)))
        """;

    [Fact]
    public async Task A_read_article_and_the_home_page_open_offline_and_show_their_age()
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenAsync(proxy);
        await reader.Page.GotoAsync(WithPictures);
        await reader.Page.KeptAsync(WithPictures);
        await reader.Page.KeptAsync("/");
        await reader.Page.Locator("figure img").First.ScrollIntoViewIfNeededAsync();
        await reader.Page.BecomesTrueAsync("document.querySelector('figure img').naturalWidth > 0");
        await reader.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await reader.Page.BecomesTrueAsync($"{Kept}.then(kept => kept.some(path => /^.media/.test(path)))");
        Assert.Empty(reader.Troubles);

        await reader.ForgetHttpCacheAsync();
        proxy.Cut();
        await reader.Page.GotoAsync(WithPictures + "?fbclid=1#dau");

        await Expect(reader.Page.Locator("h1")).ToContainTextAsync("Vụ chè thu");
        await Expect(reader.Page.Locator(".copy")).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex(
                @"bản lưu trên máy, tải về lúc \d\d:\d\d ngày \d\d/\d\d/\d{4} \(chưa đến một giờ trước\)"));
        await reader.Page.Locator("figure img").First.ScrollIntoViewIfNeededAsync();
        await reader.Page.BecomesTrueAsync("document.querySelector('figure img').naturalWidth > 0");
        Assert.Equal("flex", await reader.Page.EvaluateAsync<string>("getComputedStyle(document.body).display"));
        await reader.Page.AssertAccessibleAsync();
        await reader.ForgetHttpCacheAsync();
        await reader.Page.GotoAsync("/?utm_source=zalo");
        await Expect(reader.Page.Locator(".copy")).ToBeVisibleAsync();
        await Expect(reader.Page.Locator(".articles li").First).ToBeVisibleAsync();

        proxy.Restore();
        await reader.Page.Locator(".copy").GetByRole(AriaRole.Link, new() { Name = "Tải lại trang" }).ClickAsync();
        await Expect(reader.Page.Locator(".copy")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Offline_an_uncached_page_links_to_the_cached_ones()
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenAsync(proxy);
        await reader.Page.GotoAsync(Article);
        await reader.Page.KeptAsync(Article);
        await reader.Page.KeptAsync(OfflinePage);

        foreach (var address in new[] { Unread, "/tim-kiem?q=che&trang=2", "/?trang=2", "/khong-co" })
        {
            await reader.ForgetHttpCacheAsync();
            proxy.Cut();
            await reader.Page.GotoAsync(address);

            await Expect(reader.Page.Locator(".copy")).ToContainTextAsync("chưa được lưu trên máy này");
            var link = reader.Page.Locator("[data-kept] a");
            await Expect(link).ToHaveAttributeAsync("href", Article);
            await Expect(link).ToContainTextAsync("tiêm chủng");
            Assert.EndsWith(address, reader.Page.Url, StringComparison.Ordinal);
            proxy.Restore();
        }

        await reader.Page.AssertAccessibleAsync();
        await reader.Page.Locator(".copy a").ClickAsync();
        await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Không tìm thấy trang");
    }

    [Fact]
    public async Task Online_a_page_comes_from_the_portal_and_a_slow_network_falls_back_to_the_copy()
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenAsync(proxy);
        await reader.Page.GotoAsync(Article);
        await reader.Page.KeptAsync(Article);
        await reader.Page.EvaluateAsync(Poison, new[] { Article, "/bai-viet/bi-go" });

        await reader.Page.GotoAsync(Article);
        await Expect(reader.Page.GetByText("BẢN CŨ")).ToHaveCountAsync(0);
        await reader.Page.BecomesTrueAsync($"caches.match('{Article}').then(copy => copy.text())"
            + ".then(text => !/BẢN CŨ/.test(text))");
        await reader.Page.EvaluateAsync(Poison, new[] { Article, "/bai-viet/bi-go" });

        await reader.ForgetHttpCacheAsync();
        proxy.Hold();
        await reader.Page.GotoAsync(Article);
        await Expect(reader.Page.GetByText("BẢN CŨ")).ToBeVisibleAsync();
        await Expect(reader.Page.Locator(".copy")).ToContainTextAsync("Mạng đang chậm");
        await Expect(reader.Page.Locator(".copy")).ToContainTextAsync("ngày 02/11/2026");
        proxy.Release();
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Xem bản mới" }).ClickAsync();
        await Expect(reader.Page.GetByText("BẢN CŨ")).ToHaveCountAsync(0);

        // A page that the portal has removed is removed from the cache.
        await reader.Page.GotoAsync("/bai-viet/bi-go");
        await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Không tìm thấy trang");
        await reader.Page.BecomesTrueAsync("caches.match('/bai-viet/bi-go').then(copy => !copy)");
    }

    [Fact]
    public async Task Only_articles_the_home_page_and_their_files_are_cached()
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenAsync(proxy);
        await reader.Page.GotoAsync("/");
        await reader.Page.KeptAsync("/");
        foreach (var address in new[]
        {
            "/ban-bien-tap/mot-khoa-bi-mat", "/ban-nhap/mot-khoa-bi-mat/bai.docx", "/tim-kiem?q=che", "/thong-ke",
            "/?trang=2", "/api/visits", "/so-do-trang", "/bai-viet/khong-co", Article + "/anh",
        })
        {
            await reader.Page.GotoAsync(address);
        }

        await reader.Page.GotoAsync(Article);
        await reader.Page.KeptAsync(Article);
        var kept = await reader.Page.EvaluateAsync<string[]>(Kept);
        Assert.All(kept, path => Assert.Matches(
            $"^(/|{Article}|{OfflinePage}|/sw.js\\?kept|/(assets|media)/[^/]+)$", path));
        Assert.Contains(kept, path => path.EndsWith(".css", StringComparison.Ordinal));
    }

    /// <summary>The oldest pages are evicted, with the files that no other page uses.</summary>
    [Theory]
    [InlineData(40, 1000, 0, 29)]
    [InlineData(10, 4_000_000, 0, 3)]
    [InlineData(10, 1000, 31, 0)]
    public async Task The_cache_is_limited_in_pages_bytes_and_days(int pages, int bytes, int days, int most)
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenAsync(proxy);
        await reader.Page.GotoAsync("/");
        await reader.Page.KeptAsync("/");
        await reader.Page.KeptAsync(OfflinePage);

        // Retries, because the service worker may still be writing its index for the first page.
        await Eventually.AssertAsync(async () =>
        {
            await reader.Page.EvaluateAsync(AddPages, new object[] { pages, bytes, days });
            await reader.Page.GotoAsync(Article);
            await reader.Page.KeptAsync(Article);

            var kept = await reader.Page.EvaluateAsync<string[]>(Kept);
            var others = kept.Count(path => path.StartsWith("/bai-viet/bai-", StringComparison.Ordinal));
            Assert.Contains("/", kept);
            Assert.InRange(others, 0, most);
            Assert.Equal(others, kept.Count(path => path.StartsWith("/media/anh-", StringComparison.Ordinal)));
            Assert.Equal(days == 0, kept.Contains("/bai-viet/bai-0"));
        });
    }

    [Fact]
    public async Task A_reader_can_clear_the_cache_and_switch_it_off_and_on()
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenAsync(proxy);
        await reader.Page.GotoAsync(Article);
        await reader.Page.KeptAsync(Article);
        await reader.Page.GotoAsync(OfflinePage);
        await Expect(reader.Page.Locator("[data-kept] a")).ToHaveCountAsync(1);

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Xóa các bài đã lưu" }).ClickAsync();
        await Expect(reader.Page.Locator("[data-kept] a")).ToHaveCountAsync(0);
        Assert.DoesNotContain(Article, await reader.Page.EvaluateAsync<string[]>(Kept));

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Không lưu trên máy này" }).ClickAsync();
        await Expect(reader.Page.Locator("[data-kept-status]")).ToHaveTextAsync("Máy này không lưu bài nào.");
        await Expect(reader.Page.Locator("[data-kept-status]")).ToBeFocusedAsync();
        await reader.Page.GotoAsync(Article, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Empty(await reader.Page.EvaluateAsync<string[]>(Kept));
        Assert.Equal(0, await reader.Page.EvaluateAsync<int>(
            "navigator.serviceWorker.getRegistrations().then(all => all.length)"));

        await reader.Page.GotoAsync(OfflinePage);
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Lưu lại như trước" }).ClickAsync();
        await reader.Page.GotoAsync(Article);
        await reader.Page.KeptAsync(Article);
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_portal_that_disables_offline_reading_removes_the_service_worker_and_its_cache()
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenAsync(proxy);
        await reader.Page.GotoAsync(Article);
        await reader.Page.KeptAsync(Article);

        await using var off = new PortalHost(
            site.Storage.ConnectionString, settings: new Dictionary<string, string?> { ["Site:Offline"] = "false" });
        using var client = off.CreateClient();
        proxy.Portal = client.BaseAddress!;
        proxy.Cut();
        proxy.Restore();
        await reader.Page.GotoAsync(Article);
        await reader.Page.BecomesTrueAsync($"{Kept}.then(kept => kept.length === 0)");
        await reader.Page.BecomesTrueAsync(
            "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)");
        await reader.Page.GotoAsync(Article, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Empty(await reader.Page.EvaluateAsync<string[]>(Kept));
    }

    /// <summary>Script: replaces the cached copies of these addresses with a recognisable old page.</summary>
    private const string Poison = """
        async (paths) => {
          const cache = await caches.open("phucthuan-1");
          const index = await (await cache.match("/sw.js?kept")).json();
          for (const path of paths) {
            await cache.put(path, new Response("<html lang=vi data-later=" + document.documentElement.dataset.later
              + " data-offline><main><h1>BẢN CŨ</h1></main>"
              + document.querySelector("script").outerHTML,
              { headers: { "Content-Type": "text/html; charset=utf-8", "Date": "Mon, 02 Nov 2026 03:00:00 GMT" } }));
            index.push({ path, title: "", loaded: 0, kept: Date.now(), size: 10, files: {} });
          }
          await cache.put("/sw.js?kept", new Response(JSON.stringify(index)));
        }
        """;

    /// <summary>Script: caches pages with an age in days, each with a picture of a size in bytes.</summary>
    private const string AddPages = """
        async ([pages, bytes, days]) => {
          const cache = await caches.open("phucthuan-1");
          const index = await (await cache.match("/sw.js?kept")).json();
          for (let page = 0; page < pages; page++) {
            const [path, file] = [`/bai-viet/bai-${page}`, `/media/anh-${page}.jpg`];
            await cache.put(path, new Response("Bài"));
            await cache.put(file, new Response("Ảnh"));
            index.push({ path, title: "Bài", loaded: 0, kept: Date.now() - days * 86400000, size: 10,
              files: { [file]: bytes } });
          }
          await cache.put("/sw.js?kept", new Response(JSON.stringify(index)));
        }
        """;

    private Task<OpenPage> OpenAsync(TcpProxy proxy) =>
        site.OpenAsync(new() { BaseURL = proxy.Address, ServiceWorkers = ServiceWorkerPolicy.Allow });
}
