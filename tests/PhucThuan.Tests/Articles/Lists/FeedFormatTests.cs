using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PhucThuan.Tests.Articles.Lists;

/// <summary>Requirements of RFC 4287 for feeds and of sitemaps.org for site maps, one by one.</summary>
[Collection(nameof(ListedSite))]
public sealed partial class FeedFormatTests(ListedSite site)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/feed.xml", "/")]
    [InlineData("/chuyen-muc/thong-bao/feed.xml", "/chuyen-muc/thong-bao")]
    public async Task A_feed_conforms_to_RFC_4287(string address, string page)
    {
        var feed = (await LoadAsync(address)).Root!;

        Assert.Equal(Atom + "feed", feed.Name);
        AssertTitled(feed); // 4.1.1
        Assert.Equal(Absolute(address), LinkOf(feed, "self")); // "SHOULD contain one"
        Assert.Equal(Absolute(page), LinkOf(feed, "alternate"));
        Assert.NotEmpty(feed.Elements(Atom + "author"));
        Assert.True(feed.Elements(Atom + "subtitle").Count() <= 1);
        Assert.Equal("vi", feed.Attribute(XNamespace.Xml + "lang")?.Value);

        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.NotEmpty(entries);
        Assert.All(entries, AssertEntry);
        Assert.Distinct(entries.Select(entry => entry.Element(Atom + "id")!.Value)); // 4.1.2 with equal dates of change
        Assert.Equal(entries.Max(Updated), Updated(feed));
        Assert.All(feed.Descendants().Where(element => element.Name == Atom + "author"), author =>
            Assert.False(string.IsNullOrWhiteSpace(author.Elements(Atom + "name").Single().Value))); // 3.2.1
        Assert.All(feed.Descendants(Atom + "category"), category =>
            Assert.False(string.IsNullOrWhiteSpace(category.Attribute("term")?.Value))); // 4.2.2.1
        Assert.All(feed.Descendants(), element => Assert.Equal(Atom, element.Name.Namespace));
    }

    [Theory]
    [InlineData("/sitemap.xml")]
    [InlineData("/sitemap-1.xml")]
    public async Task A_site_map_conforms_to_sitemaps_org(string address)
    {
        var map = await LoadAsync(address);
        var entries = map.Root!.Elements().ToList();

        Assert.Equal(Map + "urlset", map.Root.Name);
        Assert.Equal("utf-8", map.Declaration!.Encoding, ignoreCase: true);
        Assert.InRange(entries.Count, 1, 50_000);
        Assert.All(entries, entry => Assert.Equal(Map + "url", entry.Name));
        Assert.All(
            entries,
            entry =>
                Assert.StartsWith(Absolute("/"), entry.Elements(Map + "loc").Single().Value, StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.True(entry.Element(Map + "loc")!.Value.Length < 2048));
        Assert.Distinct(entries.Select(entry => entry.Element(Map + "loc")!.Value));
        Assert.All(entries.Elements(Map + "lastmod"), date => Assert.Matches(Instant(), date.Value)); // W3C Datetime
        Assert.True(entries.Elements(Map + "lastmod").Count() >= 45);
        string[] known = ["loc", "lastmod", "changefreq", "priority"];
        Assert.All(entries.Elements(), element => Assert.Contains(element.Name, known.Select(name => Map + name)));
    }

    private static void AssertEntry(XElement entry)
    {
        AssertTitled(entry); // 4.1.2
        Assert.Equal(entry.Element(Atom + "id")!.Value, LinkOf(entry, "alternate")); // required without content
        Assert.Matches(Instant(), entry.Elements(Atom + "published").Single().Value);
        Assert.True(Updated(entry) >= (DateTimeOffset)entry.Element(Atom + "published")!);
        Assert.True(entry.Elements(Atom + "summary").Count() <= 1);
    }

    private static void AssertTitled(XElement element)
    {
        Assert.True(Uri.TryCreate(element.Elements(Atom + "id").Single().Value, UriKind.Absolute, out _)); // 4.2.6
        Assert.False(string.IsNullOrWhiteSpace(element.Elements(Atom + "title").Single().Value));
        Assert.Matches(Instant(), element.Elements(Atom + "updated").Single().Value); // 3.3
    }

    private static string LinkOf(XElement element, string relation) => element.Elements(Atom + "link")
        .Single(link => (link.Attribute("rel")?.Value ?? "alternate") == relation).Attribute("href")!.Value;

    private static DateTimeOffset Updated(XElement element) => (DateTimeOffset)element.Element(Atom + "updated")!;

    private string Absolute(string address) => new Uri(site.Client.BaseAddress!, address).AbsoluteUri;

    private async Task<XDocument> LoadAsync(string address)
    {
        await using var content = await site.Client.GetStreamAsync(address, Cancellation);
        return await XDocument.LoadAsync(content, LoadOptions.None, Cancellation);
    }

    /// <summary>RFC 3339 with an upper-case T and an offset.</summary>
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Instant();
}
