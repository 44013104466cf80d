using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>Size in pixels as displayed; 0 × 0 when unknown.</summary>
public sealed record PictureSize(int Width, int Height);

/// <summary>The sizes of pictures in container <c>media</c>, read from the start of each file.</summary>
public sealed class PictureSizes(MediaLookup lookup)
{
    private static readonly BlobDownloadOptions Start = new()
    {
        Range = new Azure.HttpRange(0, PictureHeader.Length),
    };

    /// <summary>
    /// Sizes by address, such as <c>/media/anh.jpg</c>. Pictures whose size cannot be read are omitted.
    /// </summary>
    public Task<IReadOnlyDictionary<string, PictureSize>> FindAsync(
        IEnumerable<string> addresses, CancellationToken cancellationToken) =>
        lookup.FindAsync("picture-size", addresses, ReadAsync, whileAway: _ => null, cancellationToken);

    private static async Task<PictureSize> ReadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        var picture = await blob.DownloadContentAsync(Start, cancellationToken);
        return PictureHeader.Read(picture.Value.Content.ToArray()) is var (width, height)
            ? new(width, height)
            : new(0, 0);
    }
}
