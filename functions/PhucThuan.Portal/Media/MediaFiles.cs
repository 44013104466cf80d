using System.Collections.Frozen;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Media;

/// <summary>
/// Streams pictures and documents from container <c>media</c>, resized on request. Serves only file types that cannot
/// run code in a browser, with the content type of their extension: no HTML, no script, no SVG.
/// </summary>
public sealed class MediaFiles(BlobServiceClient blobs, SmallPictures pictures, Originals originals)
{
    public const string ContainerName = "media";

    /// <summary>Azure's limit for blob names.</summary>
    private const int MaxPathLength = 1024;

    /// <summary>
    /// Maximum depth of an article's folder in the search for its pictures; each level costs a read per missing file.
    /// </summary>
    private const int MaxFolders = 2;

    // Not immutable, because editors replace a picture under the same name.
    private const string CacheControl = "public, max-age=86400, stale-while-revalidate=604800";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".avif"] = "image/avif",
        [".doc"] = "application/msword",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".gif"] = "image/gif",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".xls"] = "application/vnd.ms-excel",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".zip"] = "application/zip",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Extensions of the file types that are served, such as <c>.avif</c>.</summary>
    public static IEnumerable<string> Extensions => ContentTypes.Keys.Order();

    /// <summary>True when the file type is served.</summary>
    public static bool IsServed(string name) => ContentTypes.ContainsKey(Path.GetExtension(name));

    /// <summary>
    /// Candidate blob names for an address: verbatim, in NFC as in articles, and in NFD as macOS names files. An old
    /// file name may contain Icelandic Ð where the normalized article has Đ. The pictures of an article in a folder may
    /// be in the same folder or in a parent folder.
    /// </summary>
    public static IEnumerable<string> BlobNamesOf(string path)
    {
        var outside = Enumerable
            .Range(0, MaxFolders + 1)
            .Select(folders => path.Split('/', folders + 1)[^1])
            .Distinct();
        return outside.SelectMany(SpellingsOf).Distinct();
    }

    private static IEnumerable<string> SpellingsOf(string path)
    {
        var composed = VietnameseText.Normalize(path, NormalizationForm.FormC);
        var withEth = composed.Replace('Đ', VietnameseText.CapitalEth);
        return [path, composed, VietnameseText.Normalize(path, NormalizationForm.FormD), withEth];
    }

    public async Task<IResult> GetAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        if (!IsAllowed(path) || !ContentTypes.TryGetValue(Path.GetExtension(path), out var contentType))
        {
            return PortalError.NotFound;
        }

        if (PictureWidths.TryRead(request.Query, out var width) is { } fault)
        {
            return PortalError.BadRequest with { Detail = fault };
        }

        if (await FindAsync(path, contentType, cancellationToken) is not { } file)
        {
            return PortalError.NotFound;
        }

        if (width is null || !PictureWidths.AreOffered(path))
        {
            return await originals.GetAsync(request, file, CacheControl, varies: false, cancellationToken);
        }

        try
        {
            return await TryGetSmallAsync(request, file, width.Value, cancellationToken)
                ?? await originals.GetAsync(request, file, CacheControl, varies: true, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Send the original instead of an error, but do not let it be cached as the resized picture.
            return await originals.GetAsync(request, file, CachePolicy.Never, varies: true, cancellationToken);
        }
    }

    /// <summary>
    /// Null when the original is sent. A resized picture is small and needs no ranges (RFC 9110, 14.2).
    /// </summary>
    private async Task<MediaResult?> TryGetSmallAsync(
        HttpRequest request, FoundFile file, int width, CancellationToken cancellationToken)
    {
        var type = PictureType.PreferredBy(request);
        var properties = file.Properties;
        var tag = new EntityTagHeaderValue(
            $"\"{properties.ETag.ToString("H").Trim('"')}-{PictureWidths.Text(width)}{type.Extension}\"");

        // A 304 does not need the resized picture.
        var isKnown =
            request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));
        var picture = isKnown
            ? new(default, type)
            : await pictures.GetAsync(file.Blob, properties, width, type, cancellationToken);
        return picture is null
            ? null
            : new MediaResult(
                TypedResults.Bytes(
                    picture.Content, type.ContentType, lastModified: properties.LastModified, entityTag: tag),
                FoundFile.DispositionOf(Path.ChangeExtension(file.Path, type.Extension), type.ContentType),
                CacheControl,
                Varies: true);
    }

    private async Task<FoundFile?> FindAsync(string path, string contentType, CancellationToken cancellationToken)
    {
        foreach (var name in BlobNamesOf(path))
        {
            var blob = _container.GetBlobClient(name);
            try
            {
                return new(
                    path,
                    contentType,
                    blob,
                    await blob.GetPropertiesAsync(cancellationToken: cancellationToken));
            }
            catch (RequestFailedException failure) when (failure.Status == StatusCodes.Status404NotFound)
            {
                // Try the next name.
            }
        }

        return null;
    }

    /// <summary>A relative path without dot segments, because proxies would resolve them.</summary>
    private static bool IsAllowed(string path) =>
        path.Length is > 0 and <= MaxPathLength
        && !path.Any(char.IsControl)
        && !path.Contains('\\', StringComparison.Ordinal)
        && path.Split('/').All(segment => segment is not ("" or "." or ".."));
}
