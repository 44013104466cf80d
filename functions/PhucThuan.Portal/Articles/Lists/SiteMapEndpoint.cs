using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Articles.Lists;

/// <summary>
/// Serves <c>/robots.txt</c> (RFC 9309), <c>/sitemap.xml</c> and its parts (sitemaps.org: at most 50,000 addresses per
/// file).
/// </summary>
public sealed class SiteMapEndpoint(CatalogueResultCache pages, SiteAddress address)
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string XmlType = "application/xml; charset=utf-8";
    private const int PartSize = 50_000;

    /// <summary>Does not disallow the API, because crawlers request it when they render pages.</summary>
    public Task<IResult> GetRobotsAsync(CancellationToken cancellationToken) => pages.GetAsync(
        "/robots.txt",
        "text/plain; charset=utf-8",
        _ => Task.FromResult<EncodedBody?>(EncodedBody.Create(Encoding.UTF8.GetBytes(
            $"User-agent: *\nDisallow: /tim-kiem\nDisallow: /api/statistics\nDisallow: {SitePaths.Desk}\nDisallow: "
                + $"{SitePaths.Drafts}\n\nSitemap: {address.Of("/sitemap.xml")}\n"))),
        cancellationToken);

    /// <summary>All addresses, or the index of the parts above <see cref="PartSize"/> addresses.</summary>
    public Task<IResult> GetAsync(CancellationToken cancellationToken) => pages.GetAsync(
        "/sitemap.xml",
        XmlType,
        articles =>
        {
            var entries = Entries(articles).ToList();
            return Task.FromResult<EncodedBody?>(
                entries.Count <= PartSize
                    ? Write("urlset", "url", entries)
                    : Write("sitemapindex", "sitemap", Parts(entries)));
        },
        cancellationToken);

    /// <summary><c>/sitemap-1.xml</c> and so on; served even when the site map has no index.</summary>
    public Task<IResult> GetPartAsync(string number, CancellationToken cancellationToken)
    {
        // Only canonical numbers, because each spelling (01, 001) would add a cache entry.
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            || number != PartName(part))
        {
            return Task.FromResult<IResult>(PortalError.NotFound);
        }

        return pages.GetAsync(
            PartPath(part),
            XmlType,
            articles => Task.FromResult(
                Entries(articles).Chunk(PartSize).ElementAtOrDefault(part - 1) is { } entries
                    ? Write("urlset", "url", entries)
                    : null),
            cancellationToken);
    }

    private static string PartName(int part) => part.ToString(CultureInfo.InvariantCulture);

    private static string PartPath(int part) => $"/sitemap-{PartName(part)}.xml";

    private static IEnumerable<Entry> Entries(PublishedArticles articles) =>
    [
        new("/", articles.All.Count == 0 ? null : articles.All.Max(article => article.Updated)),
        .. articles.Categories.Select(category =>
            new Entry(category.Path, category.Articles.Max(article => article.Updated))),
        new(SitePaths.Categories, null),
        new(SitePaths.About, null),
        new("/so-do-trang", null),
        new("/thong-ke", null),
        .. articles.Pages.Select(article => new Entry(article.Path, article.Updated)),
    ];

    private static IEnumerable<Entry> Parts(List<Entry> entries) => entries.Chunk(PartSize).Select((part, index) =>
        new Entry(PartPath(index + 1), part.Max(entry => entry.Modified)));

    private EncodedBody Write(string root, string item, IEnumerable<Entry> entries)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            writer.WriteStartElement(root, Namespace);
            foreach (var entry in entries)
            {
                writer.WriteStartElement(item, Namespace);
                writer.WriteElementString("loc", Namespace, address.Of(entry.Path));
                if (entry.Modified is { } modified)
                {
                    writer.WriteElementString("lastmod", Namespace, VietnamTime.FormatIso(modified));
                }

                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return EncodedBody.Create(stream.ToArray());
    }

    private sealed record Entry(string Path, DateTimeOffset? Modified);
}
