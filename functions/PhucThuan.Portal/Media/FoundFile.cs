using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Net.Http.Headers;

namespace PhucThuan.Portal.Media;

/// <summary>A file of container <c>media</c>.</summary>
/// <param name="Path">The requested path; the blob's name may be spelt differently.</param>
/// <param name="ContentType">Derived from the extension; the blob's own property is ignored.</param>
internal sealed record FoundFile(string Path, string ContentType, BlobClient Blob, BlobProperties Properties)
{
    public string Disposition => DispositionOf(Path, ContentType);

    /// <summary>
    /// Pictures, audio, video and PDF open in the browser; other documents are downloads under their original name.
    /// </summary>
    public static string DispositionOf(string path, string contentType)
    {
        var isShown = contentType is "application/pdf"
            || !contentType.StartsWith("application/", StringComparison.Ordinal);
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(System.IO.Path.GetFileName(path));
        return disposition.ToString();
    }
}
