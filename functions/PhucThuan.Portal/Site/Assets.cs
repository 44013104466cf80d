using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Site;

/// <summary>
/// The portal's style sheet, scripts and icons, embedded in the assembly. Their addresses hold a hash of their content,
/// so that browsers keep them for a year and a new version is a new address.
/// </summary>
public sealed class Assets
{
    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".png"] = "image/png",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    // One style sheet for every page, so that there is one file to wait for; what comes later goes before.
    private static readonly string[] Styles =
        ["theme", "elements", "site", "article", "lists", "statistics", "forced-colors", "print"];

    private readonly FrozenDictionary<string, EncodedBody> _files = Load();

    /// <summary><c>/assets/portal.1a2b3c4d5e6f7a8b.css</c> for <c>portal.css</c>.</summary>
    public string AddressOf(string name) =>
        $"/assets/{Path.GetFileNameWithoutExtension(name)}.{_files[name].Hash}{Path.GetExtension(name)}";

    /// <summary>
    /// An address with another hash gets the present file, not to be kept: while a new version is rolled out, a page
    /// of one version may ask an instance of the other.
    /// </summary>
    public IResult Get(string file)
    {
        if (file.Split('.') is not [var name, var hash, var type] || !_files.TryGetValue($"{name}.{type}", out var body))
        {
            return PortalError.NotFound;
        }

        var cacheControl = hash == body.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return new EncodedResult(body, ContentTypes["." + type], LastModified: null, cacheControl);
    }

    private static FrozenDictionary<string, EncodedBody> Load()
    {
        const string Folder = "assets/";
        var files = typeof(Assets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(name => name[Folder.Length..], name => EncodedBody.Create(Read(name)));
        files["portal.css"] = EncodedBody.Create([.. Styles.SelectMany(name => Read($"styles/{name}.css"))]);
        return files.ToFrozenDictionary();
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
