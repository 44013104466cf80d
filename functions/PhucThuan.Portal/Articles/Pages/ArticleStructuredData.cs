using PhucThuan.Portal.Articles.Metadata;
using PhucThuan.Portal.Site;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>An article as a schema.org <c>NewsArticle</c>, for JSON-LD.</summary>
public static class ArticleStructuredData
{
    /// <summary>Omits properties without a value.</summary>
    /// <param name="logo">Path of the publisher's logo.</param>
    public static object Create(ArticleSummary article, string publisher, string logo, SiteAddress address) =>
        Known(new()
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "NewsArticle",
            ["headline"] = article.Title,
            ["description"] = article.Description,
            ["inLanguage"] = article.Language ?? "vi",
            ["mainEntityOfPage"] = address.Of(article.Path),
            ["datePublished"] = VietnamTime.FormatIso(article.Published),
            ["dateModified"] = VietnamTime.FormatIso(article.Updated),
            ["expires"] = article.Steering.Expires is { } expires ? VietnamTime.FormatIso(expires) : null,
            ["articleSection"] = article.Category,
            ["image"] = article.Image is null ? null : address.Of(article.Image),
            ["author"] = article.Author is null || ArticleAuthor.IsOrganization(article.Author)
                ? Named("Organization", article.Author ?? publisher)
                : Named("Person", article.Author),
            ["publisher"] = new Dictionary<string, object>(Named("Organization", publisher))
            {
                ["logo"] = new Dictionary<string, object> { ["@type"] = "ImageObject", ["url"] = address.Of(logo) },
            },
        });

    private static Dictionary<string, object?> Known(Dictionary<string, object?> data) =>
        data.Where(pair => pair.Value is not null).ToDictionary();

    private static Dictionary<string, object> Named(string type, string name) =>
        new() { ["@type"] = type, ["name"] = name };
}
