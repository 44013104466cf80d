using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace PhucThuan.Portal.Site.Layout;

/// <summary>Structured data for search engines: JSON-LD with the vocabulary of schema.org.</summary>
public static class StructuredData
{
    // The encoder escapes < and >, so that a title cannot close the script element.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>A data block (HTML, 4.12.1), which browsers do not run and the CSP does not block.</summary>
    public static MarkupString ToScript(object data) =>
        new($"<script type=\"application/ld+json\">{JsonSerializer.Serialize(data, Json)}</script>");

    public static object Breadcrumbs(IEnumerable<PageLink> links, SiteAddress address) => new Dictionary<string, object>
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = links.Prepend(new PageLink(SitePaths.Home, "Trang chủ"))
            .Select((link, index) => new Dictionary<string, object>
            {
                ["@type"] = "ListItem",
                ["position"] = index + 1,
                ["name"] = link.Title,
                ["item"] = address.Of(link.Path),
            }),
    };
}
