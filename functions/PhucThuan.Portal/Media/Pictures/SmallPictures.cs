using System.Threading.RateLimiting;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>
/// In-memory cache of resized pictures, one entry per blob version, width and type, in front of
/// <see cref="StoredPictures"/>. Resizes one picture at a time.
/// </summary>
public sealed partial class SmallPictures(
    StoredPictures stored, TimeProvider clock, [FromKeyedServices(SmallPictures.CacheName)] IFusionCache cache,
    ILogger<SmallPictures> logger) : IDisposable
{
    public const string CacheName = "small-pictures";

    /// <summary>Size of the cache in bytes: about 200 photographs at width 960, with 142 KB each (measured).</summary>
    public const long CacheSize = 32 * 1024 * 1024;

    /// <summary>Maximum file size in bytes; decoding needs twice as much memory.</summary>
    private const long MaxFileLength = 20 * 1024 * 1024;

    // Size in bytes of an entry without a resized picture: the original is sent.
    private const int EmptySize = 512;

    private const int MaxQueued = 256;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(10);

    // Resizing a photograph takes about 50 MB and a core.
    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = 1,
        QueueLimit = MaxQueued,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Null when the original should be sent.</summary>
    /// <exception cref="TimeoutException">The queue is full, or the wait took too long.</exception>
    /// <exception cref="RequestFailedException">Storage failed, or the blob has changed.</exception>
    public async Task<ResizedPicture?> GetAsync(
        BlobClient blob, BlobProperties properties, int width, PictureType type, CancellationToken cancellationToken)
    {
        if (properties.ContentLength > MaxFileLength)
        {
            return null;
        }

        var name = StoredPictures.NameOf(blob.Name, properties.ETag.ToString().Trim('"'), width, type);
        return await GetAsync(name, ReadAsync, width, type, cancellationToken);

        async Task<byte[]> ReadAsync(CancellationToken token)
        {
            var options = new BlobDownloadOptions
            {
                Conditions = new BlobRequestConditions { IfMatch = properties.ETag },
            };
            return (await blob.DownloadContentAsync(options, token)).Value.Content.ToArray();
        }
    }

    /// <summary>Null when the original should be sent.</summary>
    /// <param name="name">From <see cref="StoredPictures.NameOf"/>.</param>
    /// <param name="read">Reads the original.</param>
    /// <exception cref="TimeoutException">The queue is full, or the wait took too long.</exception>
    public async Task<ResizedPicture?> GetAsync(
        string name, Func<CancellationToken, Task<byte[]>> read, int width, PictureType type,
        CancellationToken cancellationToken)
    {
        // Not cancelled with the first request, because the next request would have to start again.
        var making = cache.GetOrSetAsync<ResizedPicture?>(
            name,
            async (context, token) =>
            {
                var picture = await stored.FindAsync(name, type, token);
                if (picture is null)
                {
                    picture = await ResizeAsync(name, read, width, type, token);
                    await (picture is null ? Task.CompletedTask : stored.StoreAsync(name, picture, token));
                }

                context.Options.Size = picture?.Content.Length ?? EmptySize;
                return picture;
            },
            new FusionCacheEntryOptions(Kept),
            CancellationToken.None);
        return await making.AsTask().WaitAsync(WaitLimit, clock, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();

    private async Task<ResizedPicture?> ResizeAsync(
        string name, Func<CancellationToken, Task<byte[]>> read, int width, PictureType type,
        CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(permitCount: 1, cancellationToken);
        if (!lease.IsAcquired)
        {
            throw new TimeoutException($"{MaxQueued} pictures are waiting.");
        }

        var file = await read(cancellationToken);
        try
        {
            return PictureResizer.Resize(file, width, type);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A browser may still be able to decode the original.
            Log.NotResized(logger, fault, name);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Picture {Name} cannot be resized; the original is sent")]
        public static partial void NotResized(ILogger logger, Exception fault, string name);
    }
}
