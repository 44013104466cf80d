using System.Collections.Frozen;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Media;

/// <summary>
/// Streams pictures and documents from container <c>media</c>. Only types that cannot run in a browser are served, as
/// what their name says they are: no HTML, no script, no SVG. Pictures come smaller on request.
/// </summary>
public sealed class MediaFiles(BlobServiceClient blobs, SmallPictures pictures)
{
    public const string ContainerName = "media";

    /// <summary>Azure's limit for the name of a blob.</summary>
    private const int MaxPathLength = 1024;

    private const int BufferSize = 256 * 1024;

    // Editors replace a picture under the same name now and then; then its entity tag changes.
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

    /// <summary>Types that are served, as the ends of names: <c>.avif</c> and so on.</summary>
    public static IEnumerable<string> Extensions => ContentTypes.Keys.Order();

    /// <summary>Whether a file of this name is of a type that is served.</summary>
    public static bool IsServed(string name) => ContentTypes.ContainsKey(Path.GetExtension(name));

    /// <summary>
    /// What the blob of an address may be called: as it is written there, in whole letters as articles have them (NFC), or
    /// with marks of their own as macOS names files (NFD). A file of an old computer may have Icelandic Ð in its name where
    /// the article, whose letters were mended, says Đ.
    /// </summary>
    public static IEnumerable<string> BlobNamesOf(string path)
    {
        var composed = VietnameseText.Normalize(path, NormalizationForm.FormC);
        var withEth = composed.Replace('Đ', VietnameseText.CapitalEth);
        return new[] { path, composed, VietnameseText.Normalize(path, NormalizationForm.FormD), withEth }.Distinct();
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

        if (await FindAsync(path, cancellationToken) is not var (blob, properties))
        {
            return PortalError.NotFound;
        }

        try
        {
            return (width is { } wanted && PictureWidths.AreOffered(path)
                    ? await TryGetSmallAsync(request, path, blob, properties, wanted, cancellationToken)
                    : null)
                ?? await GetWholeAsync(path, contentType, blob, properties, CacheControl, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Better than none; but no cache is to keep it in place of the small one.
            return await GetWholeAsync(path, contentType, blob, properties, CachePolicy.Never, cancellationToken);
        }
    }

    private static async Task<IResult> GetWholeAsync(
        string path, string contentType, BlobClient blob, BlobProperties properties, string cacheControl, CancellationToken cancellationToken)
    {
        // Read on condition of the version whose tag is sent; a file replaced in between cuts the answer off.
        var stream = await blob.OpenReadAsync(
            new BlobOpenReadOptions(allowModifications: false)
            {
                BufferSize = BufferSize,
                Conditions = new BlobRequestConditions { IfMatch = properties.ETag },
            },
            cancellationToken);
        var file = TypedResults.Stream(
            stream,
            contentType,
            lastModified: properties.LastModified,
            entityTag: new EntityTagHeaderValue(properties.ETag.ToString("H")),
            enableRangeProcessing: true);
        return new MediaResult(file, DispositionOf(path, contentType), cacheControl);
    }

    /// <summary>Null for what is sent as it is. Ranges are not offered (RFC 9110, 14.2): it is small.</summary>
    private async Task<IResult?> TryGetSmallAsync(
        HttpRequest request, string path, BlobClient blob, BlobProperties properties, int width, CancellationToken cancellationToken)
    {
        var tag = new EntityTagHeaderValue($"\"{properties.ETag.ToString("H").Trim('"')}-{width}\"");

        // A browser that has it gets a 304, and need not wait until it is made again.
        var isKnown = request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));
        var picture = isKnown ? ResizedPicture.Empty : await pictures.GetAsync(blob, properties, width, cancellationToken);
        return picture is null
            ? null
            : new MediaResult(
                TypedResults.Bytes(picture.Content, picture.ContentType, lastModified: properties.LastModified, entityTag: tag),
                DispositionOf(Path.ChangeExtension(path, picture.Extension), picture.ContentType),
                CacheControl);
    }

    private async Task<(BlobClient Blob, BlobProperties Properties)?> FindAsync(string path, CancellationToken cancellationToken)
    {
        foreach (var name in BlobNamesOf(path))
        {
            var blob = _container.GetBlobClient(name);
            try
            {
                return (blob, await blob.GetPropertiesAsync(cancellationToken: cancellationToken));
            }
            catch (RequestFailedException failure) when (failure.Status == StatusCodes.Status404NotFound)
            {
                // Perhaps under the next name.
            }
        }

        return null;
    }

    /// <summary>Browsers show pictures, films and PDF; other documents are saved, under the name that the editor gave.</summary>
    private static string DispositionOf(string path, string contentType)
    {
        var isShown = contentType is "application/pdf"
            || !contentType.StartsWith("application/", StringComparison.Ordinal);
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(Path.GetFileName(path));
        return disposition.ToString();
    }

    /// <summary>A plain relative path. Storage takes names as they are, but what lies between need not.</summary>
    private static bool IsAllowed(string path) =>
        path.Length is > 0 and <= MaxPathLength
        && !path.Any(char.IsControl)
        && !path.Contains('\\', StringComparison.Ordinal)
        && path.Split('/').All(segment => segment is not ("" or "." or ".."));
}
