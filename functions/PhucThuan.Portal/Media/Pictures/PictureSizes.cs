using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>Size in pixels as displayed; 0 × 0 when unknown.</summary>
public sealed record PictureSize(int Width, int Height);

/// <summary>Cache of the sizes of pictures in container <c>media</c>, read from the start of each file.</summary>
public sealed class PictureSizes(BlobServiceClient blobs, IFusionCache cache)
{
    private const int ConcurrentReads = 8;

    private const string Folder = "/media/";

    /// <summary>Short, because a missing picture may be uploaded after its article.</summary>
    private static readonly TimeSpan MissKept = TimeSpan.FromSeconds(10);

    /// <summary>Timeout; a page without sizes is better than a slow page.</summary>
    private static readonly FusionCacheEntryOptions Options = new FusionCacheEntryOptions(TimeSpan.FromMinutes(10))
        .SetFactoryTimeouts(softTimeout: TimeSpan.FromMilliseconds(500), hardTimeout: TimeSpan.FromSeconds(2))
        .SetFailSafe(isEnabled: true, maxDuration: TimeSpan.FromHours(1), throttleDuration: MissKept);

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(MediaFiles.ContainerName);

    /// <summary>
    /// Sizes by address, such as <c>/media/anh.jpg</c>. Pictures whose size cannot be read are omitted.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, PictureSize>> FindAsync(
        IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, PictureSize>();
        await Parallel.ForEachAsync(
            addresses.Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (address, token) =>
            {
                if (await FindAsync(address, token) is { } size)
                {
                    found[address] = size;
                }
            });
        return found;
    }

    private ValueTask<PictureSize?> FindAsync(string address, CancellationToken cancellationToken) =>
        cache.GetOrSetAsync<PictureSize?>(
            "picture-size:" + address,
            async (context, token) =>
            {
                var size = await ReadAsync(Uri.UnescapeDataString(address[Folder.Length..]), token);
                context.Options.Duration = size is null ? MissKept : context.Options.Duration;
                return size;
            },
            MaybeValue<PictureSize?>.FromValue(null),
            Options,
            token: cancellationToken);

    /// <summary>Null when the picture does not exist.</summary>
    private async Task<PictureSize?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var start = new BlobDownloadOptions { Range = new Azure.HttpRange(0, PictureHeader.Length) };
        foreach (var name in MediaFiles.BlobNamesOf(path))
        {
            try
            {
                var picture = await _container.GetBlobClient(name).DownloadContentAsync(start, cancellationToken);
                return PictureHeader.Read(picture.Value.Content.ToArray()) is var (width, height)
                    ? new(width, height)
                    : new(0, 0);
            }
            catch (Azure.RequestFailedException failure) when (failure.Status is >= 400 and < 500)
            {
                // Try the next name. A name that storage refuses and an empty file have no size either.
            }
        }

        return null;
    }
}
