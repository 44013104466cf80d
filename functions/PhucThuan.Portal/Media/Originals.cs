using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Media;

/// <summary>
/// Serves unchanged files: small ones through the app, big ones through the app or by a redirect to storage.
/// </summary>
public sealed class Originals(StorageLinks links, Downloads downloads)
{
    /// <summary>Bytes; a file up to this size is read with one request to storage.</summary>
    private const int BufferSize = 256 * 1024;

    /// <param name="varies">True when the response depends on <c>Accept</c>.</param>
    internal async Task<IResult> GetAsync(
        HttpRequest request, FoundFile file, string cacheControl, bool varies, CancellationToken cancellationToken)
    {
        var (_, contentType, blob, properties) = file;
        if (links.AreFor(request, contentType, properties.ContentLength)
            && await links.FindAsync(blob, contentType, file.Disposition, cancellationToken) is { } link)
        {
            return new Redirect(link);
        }

        return properties.ContentLength > BufferSize
            ? downloads.Bound(OpenAsync)
            : (await OpenAsync()).Answer;

        async Task<OpenFile> OpenAsync()
        {
            // If-Match with the ETag that is sent: a concurrent replacement aborts the response.
            var content = await blob.OpenReadAsync(
                new BlobOpenReadOptions(allowModifications: false)
                {
                    BufferSize = BufferSize,
                    Conditions = new BlobRequestConditions { IfMatch = properties.ETag },
                },
                cancellationToken);
            var stream = TypedResults.Stream(
                content,
                contentType,
                lastModified: properties.LastModified,
                entityTag: new EntityTagHeaderValue(properties.ETag.ToString("H")),
                enableRangeProcessing: true);
            return new(new MediaResult(stream, file.Disposition, cacheControl, varies), content);
        }
    }

    /// <summary>Not cached: the link expires.</summary>
    private sealed record Redirect(Uri Link) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = CachePolicy.Never;
            httpContext.Response.Redirect(Link.AbsoluteUri);
            return Task.CompletedTask;
        }
    }
}
