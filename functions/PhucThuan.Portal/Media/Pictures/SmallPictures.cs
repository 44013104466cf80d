using System.Threading.RateLimiting;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>Cache of resized pictures, one entry per blob version and width. Resizes one picture at a time.</summary>
public sealed partial class SmallPictures(
    TimeProvider clock, [FromKeyedServices(SmallPictures.CacheName)] IFusionCache cache,
    ILogger<SmallPictures> logger) : IDisposable
{
    public const string CacheName = "small-pictures";

    /// <summary>Size of the cache in bytes: about 200 photographs at width 960, with 142 KB each (measured).</summary>
    public const long CacheSize = 32 * 1024 * 1024;

    /// <summary>Maximum file size in bytes; decoding needs twice as much memory.</summary>
    private const long MaxFileLength = 20 * 1024 * 1024;

    // Size in bytes of an entry for a picture whose original is sent.
    private const int AsItIsSize = 512;

    private const int MaxQueued = 256;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A decoded photograph takes some 50 MB and a core: one at a time.
    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = 1,
        QueueLimit = MaxQueued,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Null when the original should be sent.</summary>
    /// <exception cref="TimeoutException">Too many others are waiting, or they took too long.</exception>
    /// <exception cref="RequestFailedException">Storage failed, or the blob has changed.</exception>
    public async Task<ResizedPicture?> GetAsync(
        BlobClient blob, BlobProperties properties, int width, CancellationToken cancellationToken)
    {
        if (properties.ContentLength > MaxFileLength)
        {
            return null;
        }

        // Not canceled with the first request: the next one would start again.
        var making = cache.GetOrSetAsync<ResizedPicture?>(
            $"{blob.Name}:{properties.ETag}:{width}",
            (context, token) => MakeAsync(blob, properties.ETag, width, context, token),
            new FusionCacheEntryOptions(Kept),
            CancellationToken.None);
        return await making.AsTask().WaitAsync(Patience, clock, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();

    private async Task<ResizedPicture?> MakeAsync(
        BlobClient blob, ETag version, int width, FusionCacheFactoryExecutionContext<ResizedPicture?> context,
        CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(permitCount: 1, cancellationToken);
        if (!lease.IsAcquired)
        {
            throw new TimeoutException($"{MaxQueued} pictures are waiting.");
        }

        var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = version } };
        var file = await blob.DownloadContentAsync(options, cancellationToken);
        var picture = TryResize(blob.Name, file.Value.Content.ToArray(), width);
        context.Options.Size = picture?.Content.Length ?? AsItIsSize;
        return picture;
    }

    private ResizedPicture? TryResize(string name, byte[] file, int width)
    {
        try
        {
            return PictureResizer.Resize(file, width);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A browser may still decode it.
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
