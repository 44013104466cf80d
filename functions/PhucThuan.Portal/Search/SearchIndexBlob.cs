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
/// The index as a blob, so that a new instance need not read every article. Like the catalogue's snapshot it is only a
/// shortcut: what it lacks is read from the articles.
/// </summary>
public sealed partial class SearchIndexBlob(BlobServiceClient blobs, ILogger<SearchIndexBlob> logger)
{
    /// <summary>The name holds the version of the shape: an older or newer app does not read ours.</summary>
    public const string BlobName = $"search-{SearchIndex.Version}.db.br";

    private readonly BlobClient _blob = blobs.GetBlobContainerClient(CatalogueSnapshot.ContainerName).GetBlobClient(BlobName);

    // Of the blob that was read or written last; another one means that another instance has shared its index since.
    private ETag? _known;

    /// <summary>Fetches the shared index into <paramref name="path"/>; an empty one when there is none that can be read.</summary>
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
        // What is no Brotli comes as an InvalidOperationException.
        catch (Exception unreadable) when (
            unreadable is SqliteException or InvalidDataException or InvalidOperationException || StorageFailures.Include(unreadable))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Log.NotRead(logger, unreadable.GetBaseException().Message);
        }

        File.Delete(path);
        return SearchIndex.Open(path);
    }

    /// <summary>
    /// Shares the index, unless another instance did so since: its index is as good, and knows of the same changes. Never
    /// fails: without it the next instance starts more slowly.
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
            // The folder may be gone too.
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    private async Task DownloadAsync(string path, CancellationToken cancellationToken)
    {
        var download = (await _blob.DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
        _known = download.Details.ETag; // even if what comes is broken: it is then replaced
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
        [LoggerMessage(Level = LogLevel.Warning, Message = "The shared search index cannot be read, articles are read instead: {Reason}")]
        public static partial void NotRead(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The search index cannot be shared: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
