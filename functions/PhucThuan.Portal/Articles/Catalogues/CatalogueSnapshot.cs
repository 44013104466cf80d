using System.IO.Compression;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>
/// The catalogue as a blob, so that a new instance need not read every article. It is only a shortcut: without it, or
/// with one that is old or broken, the catalogue is read from the articles. Instances may write it at once; the last one
/// stays, and what it lacks is read again.
/// </summary>
public sealed partial class CatalogueSnapshot(BlobServiceClient blobs, ILogger<CatalogueSnapshot> logger)
{
    public const string ContainerName = "catalogue";

    /// <summary>The name holds the version of the shape and of how articles are read: an older or newer app does not read ours.</summary>
    public const string BlobName = "catalogue-3.json.br";

    private readonly BlobClient _blob = blobs.GetBlobContainerClient(ContainerName).GetBlobClient(BlobName);

    /// <summary>Empty when there is none that can be read.</summary>
    public async Task<Catalogue> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var compressed = await _blob.OpenReadAsync(cancellationToken: cancellationToken);
            await using var json = new BrotliStream(compressed, CompressionMode.Decompress);
            return await JsonSerializer.DeserializeAsync<Catalogue>(json, cancellationToken: cancellationToken) ?? Catalogue.Empty;
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return Catalogue.Empty;
        }
        // What is no Brotli comes as an InvalidOperationException.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException || StorageFailures.Include(unreadable))
        {
            Log.NotRead(logger, unreadable.GetBaseException().Message);
            return Catalogue.Empty;
        }
    }

    /// <summary>Never fails: without it the next instance starts more slowly.</summary>
    public async Task WriteAsync(Catalogue catalogue, CancellationToken cancellationToken)
    {
        try
        {
            using var buffer = new MemoryStream();
            await using (var compressed = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            {
                await JsonSerializer.SerializeAsync(compressed, catalogue, cancellationToken: cancellationToken);
            }

            buffer.Position = 0;
            await _blob.UploadAsync(buffer, overwrite: true, cancellationToken);
        }
        catch (Exception failure) when (StorageFailures.Include(failure))
        {
            Log.NotWritten(logger, failure.GetBaseException().Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue's snapshot cannot be read, every article is read instead: {Reason}")]
        public static partial void NotRead(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue's snapshot cannot be written: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
