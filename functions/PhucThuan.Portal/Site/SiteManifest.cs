using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site;

/// <summary>
/// Serves <c>/manifest.webmanifest</c> (W3C Web Application Manifest), so that readers can install the portal.
/// </summary>
public sealed class SiteManifest(Assets assets, IOptions<SiteOptions> site)
{
    public const string Path = "/manifest.webmanifest";

    private readonly Lazy<EncodedBody> _body = new(() => EncodedBody.Create(JsonSerializer.SerializeToUtf8Bytes(new
    {
        name = site.Value.Name,
        short_name = site.Value.Name,
        description = site.Value.Description,
        lang = "vi",
        start_url = "/",
        display = "minimal-ui",
        background_color = "#fdfdfb",
        theme_color = "#0b6b3a",
        icons = new[]
        {
            new { src = assets.AddressOf("icon.svg"), sizes = "any", type = "image/svg+xml" },
            new { src = assets.AddressOf("icon-180.png"), sizes = "180x180", type = "image/png" },
            new { src = assets.AddressOf("icon-512.png"), sizes = "512x512", type = "image/png" },
        },
    })));

    public IResult Get() =>
        new EncodedResult(_body.Value, "application/manifest+json", LastModified: null, CachePolicy.Page);
}
