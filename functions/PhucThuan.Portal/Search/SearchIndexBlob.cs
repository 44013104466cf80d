using System.IO.Compression;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Search;

/// <summary>
/// Shares the index in a blob, so that a new instance need not read every article. Articles that the blob lacks are
/// read.
/// </summary>
public sealed partial class SearchIndexBlob(BlobServiceClient blobs, ILogger<SearchIndexBlob> logger)
{
    /// <summary>Contains the version, so that different versions of the app do not share an index.</summary>
    public const string BlobName = $"search-{SearchIndex.Version}.db.br";

    private readonly BlobClient _blob = blobs.GetBlobContainerClient(CatalogueSnapshot.ContainerName)
        .GetBlobClient(BlobName);

    // ETag of the blob last read or written; a different one means that another instance has uploaded its index.
    private ETag? _known;

    /// <summary>
    /// Downloads the index to <paramref name="path"/>; creates an empty one when no valid index exists.
    /// </summary>
    public async Task<SearchIndex> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await DownloadAsync(path, cancellationToken);
            return SearchIndex.Open(path);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
        }
        // Invalid Brotli data throws InvalidOperationException.
        catch (Exception unreadable) when (
            unreadable is SqliteException or InvalidDataException or InvalidOperationException
                || StorageFailures.Include(unreadable))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Log.NotRead(logger, unreadable.GetBaseException().Message);
        }

        File.Delete(path);
        return SearchIndex.Open(path);
    }

    /// <summary>
    /// Uploads the index, unless another instance has uploaded one, which has the same changes. Logs failures instead
    /// of throwing: without the blob, the next instance only starts more slowly.
    /// </summary>
    public async Task WriteAsync(SearchIndex index, string path, CancellationToken cancellationToken)
    {
        try
        {
            var present = await ReadETagAsync(cancellationToken);
            if (present is not null && present != _known)
            {
                _known = present;
                return;
            }

            index.CopyTo(path);
            await UploadAsync(path, cancellationToken);
        }
        catch (Exception failure) when (failure is SqliteException || StorageFailures.Include(failure))
        {
            Log.NotWritten(logger, failure.GetBaseException().Message);
        }
        finally
        {
            // The folder may also be missing.
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    private async Task DownloadAsync(string path, CancellationToken cancellationToken)
    {
        var download = (await _blob.DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
        _known = download.Details.ETag; // even if the content is invalid, so that it is replaced
        await using var content = download.Content;
        await using var decompressed = new BrotliStream(content, CompressionMode.Decompress);
        await using var file = File.Create(path);
        await decompressed.CopyToAsync(file, cancellationToken);
    }

    private async Task<ETag?> ReadETagAsync(CancellationToken cancellationToken) =>
        await _blob.ExistsAsync(cancellationToken)
            ? (await _blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag
            : null;

    private async Task UploadAsync(string path, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var compressed = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        await using (var file = File.OpenRead(path))
        {
            await file.CopyToAsync(compressed, cancellationToken);
        }

        buffer.Position = 0;
        var uploaded = await _blob.UploadAsync(buffer, overwrite: true, cancellationToken);
        _known = uploaded.Value.ETag;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning, Message = "Cannot read the shared search index, reading the articles: {Reason}")]
        public static partial void NotRead(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot upload the search index: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
