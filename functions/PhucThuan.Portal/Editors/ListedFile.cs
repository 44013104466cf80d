using Azure.Storage.Blobs.Models;

namespace PhucThuan.Portal.Editors;

/// <summary>A blob from a listing.</summary>
/// <param name="Version">Entity tag.</param>
/// <param name="Length">Size in bytes.</param>
internal sealed record ListedFile(string Container, string Name, string Version, DateTimeOffset Modified, long Length)
{
    public static ListedFile Of(string container, BlobItem blob) => new(
        container,
        blob.Name,
        blob.Properties.ETag.ToString() ?? "",
        blob.Properties.LastModified ?? default,
        blob.Properties.ContentLength ?? 0);
}
