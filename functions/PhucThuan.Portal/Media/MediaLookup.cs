using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Media;

/// <summary>Cache of facts about files in container <c>media</c>, by address: size, picture size.</summary>
public sealed class MediaLookup(BlobServiceClient blobs, IFusionCache cache)
{
    private const int ConcurrentReads = 8;

    private const string Folder = "/media/";

    /// <summary>Short, because a missing file may be uploaded after its article.</summary>
    private static readonly TimeSpan MissKept = TimeSpan.FromSeconds(10);

    /// <summary>With timeouts, because a page without sizes is better than a slow page.</summary>
    private static readonly FusionCacheEntryOptions Options = new FusionCacheEntryOptions(TimeSpan.FromMinutes(10))
        .SetFactoryTimeouts(softTimeout: TimeSpan.FromMilliseconds(500), hardTimeout: TimeSpan.FromSeconds(2))
        .SetFailSafe(isEnabled: true, maxDuration: TimeSpan.FromHours(1), throttleDuration: MissKept);

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(MediaFiles.ContainerName);

    /// <summary>Results by address, such as <c>/media/anh.jpg</c>; missing files are omitted.</summary>
    /// <param name="kind">Prefix of the cache keys.</param>
    /// <param name="whileAway">Fallback for a file while storage fails; null omits the file.</param>
    public async Task<IReadOnlyDictionary<string, T>> FindAsync<T>(
        string kind,
        IEnumerable<string> addresses,
        Func<BlobClient, CancellationToken, Task<T>> read,
        Func<string, T?> whileAway,
        CancellationToken cancellationToken)
        where T : class
    {
        var found = new ConcurrentDictionary<string, T>();
        await Parallel.ForEachAsync(
            addresses.Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (address, token) =>
            {
                var file = await cache.GetOrSetAsync<T?>(
                    $"{kind}:{address}",
                    async (context, readToken) =>
                    {
                        var value = await ReadAsync(address, read, readToken);
                        context.Options.Duration = value is null ? MissKept : context.Options.Duration;
                        return value;
                    },
                    MaybeValue<T?>.FromValue(whileAway(address)),
                    Options,
                    token: token);
                if (file is not null)
                {
                    found[address] = file;
                }
            });
        return found;
    }

    /// <summary>Null when the file does not exist.</summary>
    private async Task<T?> ReadAsync<T>(
        string address, Func<BlobClient, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        foreach (var name in MediaFiles.BlobNamesOf(Uri.UnescapeDataString(address[Folder.Length..])))
        {
            try
            {
                return await read(_container.GetBlobClient(name), cancellationToken);
            }
            catch (RequestFailedException failure) when (failure.Status is 400 or 404 or 416)
            {
                // Try the next name: 400 is an invalid name, 416 the range of an empty file.
            }
        }

        return null;
    }
}
