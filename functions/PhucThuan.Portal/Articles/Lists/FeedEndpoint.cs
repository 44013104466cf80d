using System.ServiceModel.Syndication;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;

namespace PhucThuan.Portal.Articles.Lists;

/// <summary>Serves Atom feeds (RFC 4287): of all articles and of each category.</summary>
public sealed class FeedEndpoint(CatalogueResultCache pages, SiteAddress address, IOptions<SiteOptions> site)
{
    private const string ContentType = "application/atom+xml; charset=utf-8";

    private const int MaxEntries = 50;

    /// <summary>Paths of the feed of all articles, and of a category.</summary>
    public static string PathOf(Category? category) => (category?.Path ?? "") + SitePaths.Feed;

    public Task<IResult> GetAsync(CancellationToken cancellationToken) => pages.GetAsync(
        "/feed.xml", ContentType, articles => Task.FromResult<EncodedBody?>(Make(articles, null)), cancellationToken);

    public Task<IResult> GetAsync(string categorySlug, CancellationToken cancellationToken) => pages.GetAsync(
        Category.PathOf(categorySlug) + "/feed.xml",
        ContentType,
        articles =>
            Task.FromResult(articles.FindCategory(categorySlug) is { } category ? Make(articles, category) : null),
        cancellationToken);

    private EncodedBody Make(PublishedArticles articles, Category? category)
    {
        var list = (category?.Articles ?? articles.All).Take(MaxEntries).ToList();
        var self = new Uri(address.Of(PathOf(category)));
        var feed = new SyndicationFeed
        {
            // An id must be permanent (RFC 4287, 4.2.6), so the address of the feed is used.
            Id = self.AbsoluteUri,
            Title = SyndicationContent.CreatePlaintextContent(
                category is null ? site.Value.Name : $"{category.Name} – {site.Value.Name}"),
            Description = SyndicationContent.CreatePlaintextContent(site.Value.Description),
            Language = "vi",
            LastUpdatedTime = list.Count == 0 ? articles.LastModified : list.Max(article => article.Updated),
            Items = list.Select(ToItem),
        };
        feed.Links.Add(SyndicationLink.CreateSelfLink(self, "application/atom+xml"));
        feed.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(address.Of(category?.Path ?? "/")), "text/html"));
        feed.Authors.Add(new SyndicationPerson { Name = site.Value.Name });

        using var stream = new MemoryStream();
        using (var writer =
                XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) }))
        {
            feed.SaveAsAtom10(writer);
        }

        return EncodedBody.Create(stream.ToArray());
    }

    private SyndicationItem ToItem(ArticleSummary article)
    {
        var link = new Uri(address.Of(article.Path));
        var item = new SyndicationItem
        {
            Id = link.AbsoluteUri,
            Title = SyndicationContent.CreatePlaintextContent(article.Title),
            PublishDate = article.Published,
            LastUpdatedTime = article.Updated,
        };
        item.Links.Add(SyndicationLink.CreateAlternateLink(link, "text/html"));
        if (article.Description is not null)
        {
            item.Summary = SyndicationContent.CreatePlaintextContent(article.Description);
        }

        if (article.Author is not null)
        {
            item.Authors.Add(new SyndicationPerson { Name = article.Author });
        }

        if (article.Category is not null)
        {
            item.Categories.Add(new SyndicationCategory(article.Category));
        }

        return item;
    }
}
