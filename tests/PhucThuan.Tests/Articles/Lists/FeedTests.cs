using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace PhucThuan.Tests.Articles.Lists;

/// <summary>Output for machines: feeds, site maps and structured data; and no broken links.</summary>
[Collection(nameof(ListedSite))]
public sealed partial class FeedTests(ListedSite site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/feed.xml", "/bai-viet/bai-45", 45)]
    [InlineData("/chuyen-muc/thong-bao/feed.xml", "/bai-viet/bai-45", 15)]
    public async Task A_feed_is_valid_Atom_with_the_newest_first(string address, string first, int count)
    {
        using var response = await site.Client.GetAsync(address, Cancellation);
        using var reader = XmlReader.Create(await response.Content.ReadAsStreamAsync(Cancellation));
        var feed = SyndicationFeed.Load(reader);

        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(new Uri(site.Client.BaseAddress!, address).AbsoluteUri, feed.Id);
        Assert.Equal(count, feed.Items.Count());
        Assert.Equal(new Uri(site.Client.BaseAddress!, first).AbsoluteUri, feed.Items.First().Id);
        Assert.Equal("Bài 45 <b>&", feed.Items.First().Title.Text);
        Assert.All(feed.Items, item => Assert.True(item.LastUpdatedTime >= item.PublishDate));
    }

    [Fact]
    public async Task The_site_map_lists_every_page_and_all_exist()
    {
        var map = XDocument.Parse(await site.Client.GetStringAsync("/sitemap.xml", Cancellation));
        XNamespace ns = "http://www.sitemaps.org/schemas/sitemap/0.9";
        var addresses = map.Root!.Elements(ns + "url").Select(url => url.Element(ns + "loc")!.Value).ToList();

        Assert.Equal(ns + "urlset", map.Root.Name);
        Assert.Equal(ListedSite.Articles + 5 + 2, addresses.Count);
        foreach (var address in addresses)
        {
            using var response = await site.Client.GetAsync(address, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Robots_txt_names_the_site_map()
    {
        var robots = await site.Client.GetStringAsync("/robots.txt", Cancellation);

        Assert.Contains(
            $"Sitemap: {new Uri(site.Client.BaseAddress!, "/sitemap.xml")}", robots, StringComparison.Ordinal);
        Assert.Contains("User-agent: *", robots, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_has_structured_data_that_a_title_cannot_break()
    {
        var page = await site.OpenAsync("/bai-viet/bai-45");
        var blocks = page.QuerySelectorAll("script[type='application/ld+json']")
            .Select(script => JsonDocument.Parse(script.TextContent).RootElement)
            .ToList();

        var article = blocks.Single(block => block.GetProperty("@type").GetString() == "NewsArticle");
        Assert.Equal("Bài 45 <b>&", article.GetProperty("headline").GetString());
        Assert.StartsWith(
            "2026-02-14T00:00:00+07:00", article.GetProperty("datePublished").GetString(), StringComparison.Ordinal);
        var path = blocks.Single(block => block.GetProperty("@type").GetString() == "BreadcrumbList")
            .GetProperty("itemListElement");
        Assert.Equal(3, path.GetArrayLength());
        Assert.EndsWith(
            ".png",
            article.GetProperty("publisher").GetProperty("logo").GetProperty("url").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("article", page.QuerySelector("meta[property='og:type']")!.GetAttribute("content"));
        Assert.Equal(
            "THÔNG BÁO",
            page.QuerySelector("meta[property='article:section']")!.GetAttribute("content"),
            ignoreCase: true);
        Assert.Equal(
            article.GetProperty("dateModified").GetString(),
            page.QuerySelector("meta[property='article:modified_time']")!.GetAttribute("content"));
        Assert.Matches(
            @"^http://.*/assets/icon-512\..*\.png$",
            page.QuerySelector("meta[property='og:image']")!.GetAttribute("content"));
        Assert.Equal("summary", page.QuerySelector("meta[name='twitter:card']")!.GetAttribute("content"));
        Assert.Equal("Bài 45 <b>&", page.QuerySelector("meta[property='og:title']")!.GetAttribute("content"));
        Assert.EndsWith(
            "/bai-viet/bai-45",
            page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_of_every_kind_of_page_works()
    {
        string[] kinds = [
            "/",
            "/?trang=3",
            "/chuyen-muc/thong-bao",
            "/so-do-trang",
            "/thong-ke",
            "/bai-viet/bai-20",
            "/bai-viet/khong-co"];
        var links = new HashSet<string>();
        foreach (var kind in kinds)
        {
            using var response = await site.Client.GetAsync(kind, Cancellation);
            links.UnionWith(Reference().Matches(await response.Content.ReadAsStringAsync(Cancellation))
                .Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)));
        }

        Assert.True(links.Count > 50, $"Only {links.Count} links.");
        foreach (var link in links)
        {
            using var response = await site.Client.GetAsync(link, Cancellation);
            Assert.True(response.IsSuccessStatusCode, $"{link}: {response.StatusCode}");
        }
    }

    [GeneratedRegex("(?:href|src)=\"(/[^\"#]*)")]
    private static partial Regex Reference();
}
