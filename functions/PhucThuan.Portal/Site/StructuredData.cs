using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Pages;

namespace PhucThuan.Portal.Site;

/// <summary>What a page says of itself to search engines, in JSON-LD with the words of schema.org.</summary>
public static class StructuredData
{
    // This encoder writes < and > as escapes, so no title can end the script element that holds the JSON.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>A data block (HTML, 4.12.1): browsers do not run it, and the content security policy does not concern it.</summary>
    public static MarkupString ToScript(object data) =>
        new($"<script type=\"application/ld+json\">{JsonSerializer.Serialize(data, Json)}</script>");

    public static object Breadcrumbs(IEnumerable<ArticleLink> links, SiteAddress address) => new Dictionary<string, object>
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = links.Prepend(new ArticleLink("/", "Trang chủ")).Select((link, index) => new Dictionary<string, object>
        {
            ["@type"] = "ListItem",
            ["position"] = index + 1,
            ["name"] = link.Title,
            ["item"] = address.Of(link.Path),
        }),
    };

    /// <param name="logo">Path of the publisher's mark.</param>
    /// <summary>Without what is not known of the article: an empty text would say that it is empty.</summary>
    public static object Article(ArticleSummary article, string publisher, string logo, SiteAddress address) => Known(new()
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "NewsArticle",
        ["headline"] = article.Title,
        ["description"] = article.Description,
        ["inLanguage"] = "vi",
        ["mainEntityOfPage"] = address.Of(article.Path),
        ["datePublished"] = VietnamTime.FormatIso(article.Published),
        ["dateModified"] = VietnamTime.FormatIso(article.Updated),
        ["articleSection"] = article.Category,
        ["image"] = article.Image is null ? null : address.Of(article.Image),
        ["author"] = article.Author is null
            ? Named("Organization", publisher)
            : Named("Person", article.Author),
        ["publisher"] = new Dictionary<string, object>(Named("Organization", publisher))
        {
            ["logo"] = new Dictionary<string, object> { ["@type"] = "ImageObject", ["url"] = address.Of(logo) },
        },
    });

    private static Dictionary<string, object?> Known(Dictionary<string, object?> data) =>
        data.Where(pair => pair.Value is not null).ToDictionary();

    private static Dictionary<string, object> Named(string type, string name) => new() { ["@type"] = type, ["name"] = name };
}
