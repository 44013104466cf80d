using System.IO.Compression;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>
/// Cache of the catalogue in a blob, so that a new instance need not read every article. If the blob is missing, old or
/// invalid, the articles are read. Concurrent writes are safe: the last one wins, and missing entries are read again.
/// </summary>
public sealed partial class CatalogueSnapshot(BlobServiceClient blobs, ILogger<CatalogueSnapshot> logger)
{
    public const string ContainerName = "catalogue";

    /// <summary>
    /// Contains the version of format and parser, so that different versions of the app do not share a snapshot.
    /// </summary>
    public const string BlobName = "catalogue-7.json.br";

    private readonly BlobClient _blob = blobs.GetBlobContainerClient(ContainerName).GetBlobClient(BlobName);

    /// <summary>An empty catalogue when no valid snapshot exists.</summary>
    public async Task<Catalogue> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var compressed = await _blob.OpenReadAsync(cancellationToken: cancellationToken);
            await using var json = new BrotliStream(compressed, CompressionMode.Decompress);
            return await JsonSerializer.DeserializeAsync<Catalogue>(json, cancellationToken: cancellationToken)
                ?? Catalogue.Empty;
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return Catalogue.Empty;
        }
        // Invalid Brotli data throws InvalidOperationException.
        catch (Exception unreadable) when (
            unreadable is JsonException or InvalidOperationException || StorageFailures.Include(unreadable))
        {
            Log.NotRead(logger, unreadable.GetBaseException().Message);
            return Catalogue.Empty;
        }
    }

    /// <summary>
    /// Logs failures instead of throwing: without a snapshot, the next instance only starts more slowly.
    /// </summary>
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
        [LoggerMessage(
            Level = LogLevel.Warning, Message = "Cannot read the catalogue snapshot, reading every article: {Reason}")]
        public static partial void NotRead(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot write the catalogue snapshot: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
