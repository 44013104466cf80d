using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Site;

/// <summary>
/// Style sheet, scripts and icons, embedded in the assembly. Their addresses contain a hash of their source, so that
/// browsers can cache them for a year and a new version has a new address. They are minified and compressed at their
/// first request, because the first page of a new instance needs only their addresses.
/// </summary>
public sealed class Assets(IOptions<SiteOptions> site)
{
    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".png"] = "image/png",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    // Concatenated in this order into one style sheet, to save requests. Later rules take precedence.
    private static readonly string[] Styles =
    [
        "theme", "elements", "header", "footer", "navigation", "article", "sections", "tables", "lists", "search",
        "contact", "statistics", "forced-colors", "print",
    ];

    private readonly FrozenDictionary<string, Asset> _files = Load(site.Value);

    /// <summary><c>/assets/portal.1a2b3c4d5e6f7a8b.css</c> for <c>portal.css</c>.</summary>
    public string AddressOf(string name) =>
        $"/assets/{Path.GetFileNameWithoutExtension(name)}.{_files[name].Hash}{Path.GetExtension(name)}";

    /// <summary>
    /// An address with another hash returns the current file, uncached: during a rollout, a page of one version may
    /// request it from an instance of the other.
    /// </summary>
    public IResult Get(string file)
    {
        if (file.Split('.') is not [var name, var hash, var type]
            || !_files.TryGetValue($"{name}.{type}", out var asset))
        {
            return PortalError.NotFound;
        }

        var cacheControl = hash == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return new EncodedResult(asset.Body, ContentTypes["." + type], LastModified: null, cacheControl);
    }

    /// <summary>
    /// The service worker. Its address has no hash: browsers check it for changes when they load a page, at least once
    /// a day. Without <see cref="SiteOptions.Offline"/>, a worker that deletes the caches of an earlier one and
    /// unregisters itself.
    /// </summary>
    public IResult Worker => new EncodedResult(
        _files[site.Value.Offline ? "worker.js" : "worker-off.js"].Body,
        ContentTypes[".js"],
        LastModified: null,
        "no-cache");

    private static FrozenDictionary<string, Asset> Load(SiteOptions site)
    {
        const string Folder = "assets/";
        var files = typeof(Assets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(name => name[Folder.Length..], Read);
        var styles = string.Concat(Styles.Select(name => ReadText($"styles/{name}.css")));
        var accent = AccentOf(site);
        files["portal.css"] = new Asset(
            Encoding.UTF8.GetBytes(styles + accent),
            () => Encoding.UTF8.GetBytes(MinifiedText.OfStyles(styles) + accent));
        return files.ToFrozenDictionary();
    }

    /// <summary>Rules with the configured colours, except in high contrast; empty without configured colours.</summary>
    private static string AccentOf(SiteOptions site) =>
        string.IsNullOrEmpty(site.Accent) || string.IsNullOrEmpty(site.AccentDark) ? "" : $$"""
            :root:not([data-contrast]) { --accent: {{site.Accent}}; }
            @media screen and (prefers-color-scheme: dark) {
              :root:not([data-contrast]) { --accent: {{site.AccentDark}}; }
            }

            """;

    private static Asset Read(string resource)
    {
        var content = ReadBytes(resource);
        return new Asset(content, Path.GetExtension(resource) == ".js"
            ? () => Encoding.UTF8.GetBytes(MinifiedText.OfScript(Encoding.UTF8.GetString(content)))
            : () => content);
    }

    private static string ReadText(string resource) => Encoding.UTF8.GetString(ReadBytes(resource));

    private static byte[] ReadBytes(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
