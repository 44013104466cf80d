using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>
/// Shared cache of resized pictures: blobs of the private container <c>pictures</c>, so that all instances resize each
/// picture once. They may be deleted at any time; a lifecycle rule deletes them 30 days after their creation. When this
/// cache fails, pictures are resized again.
/// </summary>
public sealed partial class StoredPictures(BlobServiceClient blobs, TimeProvider clock, ILogger<StoredPictures> logger)
{
    public const string ContainerName = "pictures";

    /// <summary>Short, because resizing takes a fraction of a second: a slow cache would be worse than none.</summary>
    private static readonly TimeSpan StorageTimeout = TimeSpan.FromSeconds(2);

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Blob name, such as <c>2026/anh.jpg/0x8DE2BC3F0D1A2B4-640.webp</c>.</summary>
    /// <param name="original">Unique name of the original, because entity tags are unique only within a blob.</param>
    /// <param name="version">Entity tag or hash of the original, without quotation marks.</param>
    public static string NameOf(string original, string version, int width, PictureType type) =>
        $"{original}/{version}-{PictureWidths.Text(width)}{type.Extension}";

    /// <summary>Null on a cache miss or a storage failure.</summary>
    public async Task<ResizedPicture?> FindAsync(string name, PictureType type, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(StorageTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var picture = await _container.GetBlobClient(name).DownloadContentAsync(either.Token);
            return new(picture.Value.Content.ToMemory(), type);
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
        catch (Exception failure) when (StorageFailures.Include(failure))
        {
            Log.NotRead(logger, name, failure.GetBaseException().Message);
            return null;
        }
    }

    /// <summary>Never fails. Does not replace an existing blob, which has the same content.</summary>
    public async Task StoreAsync(string name, ResizedPicture picture, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(StorageTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _container.GetBlobClient(name).UploadAsync(
                BinaryData.FromBytes(picture.Content),
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = picture.Type.ContentType },
                    Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                },
                either.Token);
        }
        catch (RequestFailedException first) when (
            first.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed)
        {
            // Another instance has stored it.
        }
        catch (Exception failure) when (StorageFailures.Include(failure))
        {
            Log.NotStored(logger, name, failure.GetBaseException().Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Stored picture {Name} cannot be read: {Reason}")]
        public static partial void NotRead(ILogger logger, string name, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Picture {Name} cannot be stored: {Reason}")]
        public static partial void NotStored(ILogger logger, string name, string reason);
    }
}
