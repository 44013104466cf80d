using System.Net;
using AngleSharp.Html.Parser;

namespace PhucThuan.Tests.Articles.Lists;

/// <summary>Lists, and the links from an article and from a 404 page to other articles.</summary>
[Collection(nameof(ListedSite))]
public sealed class ListTests(ListedSite site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Following_the_pages_finds_every_article_once_in_order()
    {
        var found = new List<string>();
        for (string? address = "/"; address is not null;)
        {
            var page = await site.OpenAsync(address);
            found.AddRange(page.QuerySelectorAll(".articles h2 a").Select(link => link.GetAttribute("href")!));
            address = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(
            Enumerable.Range(1, ListedSite.Articles).Reverse().Select(number => $"/bai-viet/bai-{number}"),
            found);
    }

    [Fact]
    public async Task Each_page_has_a_canonical_address_and_links_back()
    {
        var page = await site.OpenAsync("/?trang=2");

        Assert.EndsWith(
            "/?trang=2", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("/", page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Contains("trang 2", page.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?trang=4")]
    [InlineData("/?trang=0")]
    [InlineData("/?trang=02")]
    [InlineData("/?trang=-1")]
    [InlineData("/?trang=x")]
    [InlineData("/?trang=99999999999999")]
    [InlineData("/chuyen-muc/khong-co")]
    [InlineData("/chuyen-muc/thong-bao?trang=9")]
    [InlineData("/chuyen-muc/khong-co/feed.xml")]
    [InlineData("/sitemap-0.xml")]
    [InlineData("/sitemap-2.xml")]
    [InlineData("/sitemap-x.xml")]
    [InlineData("/sitemap-01.xml")]
    public async Task A_page_after_the_last_one_is_not_found(string address)
    {
        using var response = await site.Client.GetAsync(address, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Spellings_of_one_category_share_one_page()
    {
        var page = await site.OpenAsync("/chuyen-muc/thong-bao");

        Assert.Equal("Thông báo", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(15, page.QuerySelectorAll(".articles li").Length);
        Assert.Equal(
            ["Trang chủ", "Thông báo"],
            page.QuerySelectorAll(".breadcrumbs li").Select(item => item.TextContent.Trim()));
    }

    [Theory]
    [InlineData("/", null)]
    [InlineData("/?trang=2", null)]
    [InlineData("/chuyen-muc/thong-bao", "/chuyen-muc/thong-bao")]
    public async Task Categories_are_linked_above_the_list(string address, string? current)
    {
        var page = await site.OpenAsync(address);
        var links = page.QuerySelectorAll("main nav[aria-label='Chuyên mục'] a");

        Assert.Equal(
            ["/chuyen-muc/dang-uy-hdnd", "/chuyen-muc/thong-bao"], links.Select(link => link.GetAttribute("href")));
        Assert.Equal(
            current, links.SingleOrDefault(link => link.GetAttribute("aria-current") == "page")?.GetAttribute("href"));
    }

    [Fact]
    public async Task The_home_page_ends_with_further_articles_by_category()
    {
        var page = await site.OpenAsync("/");
        var shown = page.QuerySelectorAll(".articles h2 a").Select(link => link.GetAttribute("href")).ToList();
        var others = page.QuerySelectorAll(".by-category li a").Select(link => link.GetAttribute("href")).ToList();

        Assert.Equal(
            ["/bai-viet/bai-25", "/bai-viet/bai-22", "/bai-viet/bai-19"],
            page.QuerySelectorAll("[aria-labelledby=muc-dang-uy-hdnd] li a").Select(link => link.GetAttribute("href")));
        Assert.Equal(6, others.Count);
        Assert.Empty(shown.Intersect(others));
        Assert.Null((await site.OpenAsync("/?trang=2")).QuerySelector(".by-category"));
        Assert.Null((await site.OpenAsync("/chuyen-muc/thong-bao")).QuerySelector(".by-category"));
    }

    [Fact]
    public async Task The_site_map_for_people_links_to_every_category()
    {
        var page = await site.OpenAsync("/so-do-trang");
        var links = page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ToList();

        Assert.Contains("/chuyen-muc/thong-bao", links);
        Assert.Contains("/chuyen-muc/dang-uy-hdnd", links);
        Assert.Contains("/thong-ke", links);
        Assert.Contains("bài không thuộc chuyên mục nào", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(40, "Cùng chuyên mục", new[] { 34, 31, 28 }, 37, 43)]
    [InlineData(42, "Cùng chuyên mục", new[] { 36, 33, 30 }, 39, 45)]
    [InlineData(45, "Cùng chuyên mục", new[] { 39, 36, 33 }, 42, null)]
    [InlineData(1, "Cùng chuyên mục", new[] { 43, 40, 37 }, null, 4)]
    [InlineData(44, "Bài mới", new[] { 42, 41, 40 }, 43, 45)]
    public async Task An_article_links_to_its_neighbours_in_the_category_and_to_the_newest_others(
        int number, string heading, int[] related, int? older, int? newer)
    {
        // On a busy machine, the first page can be rendered before the catalogue is loaded.
        await Eventually.AssertAsync(async () =>
        {
            var page = await site.OpenAsync($"/bai-viet/bai-{number}");
            Assert.Equal(heading, page.QuerySelector(".related h2")?.TextContent);
            Assert.Equal(
                related.Select(other => $"/bai-viet/bai-{other}"),
                page.QuerySelectorAll(".related a").Select(link => link.GetAttribute("href")));
            Assert.Equal(Address(older), page.QuerySelector(".neighbours [rel=prev]")?.GetAttribute("href"));
            Assert.Equal(Address(newer), page.QuerySelector(".neighbours [rel=next]")?.GetAttribute("href"));
        });

        static string? Address(int? other) => other is null ? null : $"/bai-viet/bai-{other}";
    }

    [Fact]
    public async Task The_page_of_categories_lists_each_with_its_newest_articles()
    {
        var page = await site.OpenAsync("/chuyen-muc");

        Assert.Equal(
            ["/chuyen-muc/dang-uy-hdnd", "/chuyen-muc/thong-bao"],
            page.QuerySelectorAll("main h2 a").Select(link => link.GetAttribute("href")));
        Assert.Equal(
            ["/bai-viet/bai-45", "/bai-viet/bai-42", "/bai-viet/bai-39"],
            page.QuerySelectorAll("#muc-thong-bao ~ ul a").Select(link => link.GetAttribute("href")));
        Assert.Equal("page", page.QuerySelector("header nav a[href='/chuyen-muc']")!.GetAttribute("aria-current"));
    }

    [Theory]
    [InlineData("/bai-viet/bai-40x", "/bai-viet/bai-40")]
    [InlineData("/tin-tuc/2019/Bai_40.aspx", "/bai-viet/bai-40")]
    [InlineData("/bai40/", "/bai-viet/bai-40")]
    public async Task A_404_page_suggests_articles_with_similar_addresses(string address, string similar)
    {
        await site.OpenAsync("/"); // loads the catalogue
        using var response = await site.Client.GetAsync(address, Cancellation);
        var page = await new HtmlParser()
            .ParseDocumentAsync(await response.Content.ReadAsStringAsync(Cancellation), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(similar, page.QuerySelector("[aria-labelledby=gan-giong] a")!.GetAttribute("href"));
        Assert.Equal(5, page.QuerySelectorAll("[aria-labelledby=bai-moi] a").Length);
    }

    [Fact]
    public async Task A_404_page_for_a_dissimilar_address_suggests_the_newest_articles()
    {
        await site.OpenAsync("/"); // loads the catalogue
        using var response = await site.Client.GetAsync("/wp-login.php?q=%3Cb%3E", Cancellation);
        var page = await new HtmlParser()
            .ParseDocumentAsync(await response.Content.ReadAsStringAsync(Cancellation), Cancellation);

        Assert.Null(page.QuerySelector("[aria-labelledby=gan-giong]"));
        Assert.Equal("/bai-viet/bai-45", page.QuerySelector("[aria-labelledby=bai-moi] a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_list_shows_the_weekday()
    {
        var time = (await site.OpenAsync("/")).QuerySelector(".articles time")!;

        Assert.Equal("Thứ Bảy, 14/02/2026", time.TextContent);
        Assert.Equal("2026-02-14", time.GetAttribute("datetime"));
    }
}
