using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace PhucThuan.Portal.Site.Layout;

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

    public static object Breadcrumbs(IEnumerable<PageLink> links, SiteAddress address) => new Dictionary<string, object>
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = links.Prepend(new PageLink(SitePaths.Home, "Trang chủ")).Select((link, index) => new Dictionary<string, object>
        {
            ["@type"] = "ListItem",
            ["position"] = index + 1,
            ["name"] = link.Title,
            ["item"] = address.Of(link.Path),
        }),
    };
}
