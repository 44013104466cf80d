using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace PhucThuan.Portal.Visits.Checkpoints;

/// <summary>
/// The checkpoints of all days in an append blob (JSON Lines), oldest first. Lines are appended atomically. In Azure,
/// the app's role does not permit it to overwrite or delete the blob.
/// </summary>
public sealed class CheckpointLog(BlobServiceClient blobs)
{
    public const string ContainerName = "checkpoints";

    public const string BlobName = "checkpoints.jsonl";

    public const string ContentType = "application/jsonl; charset=utf-8";

    /// <summary>
    /// Bytes at the end of the blob that are read first to find the last line. A line has about 70 bytes per article
    /// that was viewed on the day.
    /// </summary>
    private const int FirstTail = 64 * 1024;

    private const byte LineFeed = (byte)'\n';

    private readonly AppendBlobClient _blob =
        blobs.GetBlobContainerClient(ContainerName).GetAppendBlobClient(BlobName);

    /// <exception cref="RequestFailedException">Storage failed, or the container is missing.</exception>
    /// <exception cref="FormatException">The blob does not end with a line.</exception>
    public async Task<LogEnd> ReadEndAsync(CancellationToken cancellationToken)
    {
        long length;
        try
        {
            length = (await _blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return new LogEnd(Length: 0, LastLine: null);
        }

        for (long tail = FirstTail; length > 0; tail *= 4)
        {
            var start = Math.Max(0, length - tail);
            var content = await ReadAsync(start, length - start, cancellationToken);
            if (content[^1] != LineFeed)
            {
                throw new FormatException($"Blob {ContainerName}/{BlobName} does not end with a line feed.");
            }

            var lineStart = content.AsSpan(..^1).LastIndexOf(LineFeed) + 1;
            if (lineStart > 0 || start == 0)
            {
                return new LogEnd(length, content.AsMemory(lineStart..^1));
            }
        }

        return new LogEnd(length, LastLine: null);
    }

    /// <summary>False when another instance has appended since <paramref name="end"/> was read.</summary>
    /// <exception cref="RequestFailedException">Storage failed; the line may or may not have been appended.</exception>
    public async Task<bool> AppendAsync(LogEnd end, byte[] line, CancellationToken cancellationToken)
    {
        if (end.Length == 0)
        {
            await CreateAsync(cancellationToken);
        }

        try
        {
            using var content = new MemoryStream([.. line, LineFeed]);
            var isUnchanged = new AppendBlobRequestConditions { IfAppendPositionEqual = end.Length };
            await _blob.AppendBlockAsync(
                content, new AppendBlobAppendBlockOptions { Conditions = isUnchanged }, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // Also after a lost response: the first attempt has appended the line, and the client library's retry
            // fails.
            return false;
        }
    }

    /// <summary>Null when there is no checkpoint yet.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<Stream?> OpenReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Allow modifications, because an append during the download does not change earlier lines.
            var stream = await _blob.OpenReadAsync(
                new BlobOpenReadOptions(allowModifications: true), cancellationToken);
            return stream.Length == 0 ? null : stream;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _blob.CreateAsync(
                new AppendBlobCreateOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = ContentType },
                    Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
                },
                cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            // The blob exists already.
        }
    }

    private async Task<byte[]> ReadAsync(long start, long length, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(start, length) };
        return (await _blob.DownloadContentAsync(options, cancellationToken)).Value.Content.ToArray();
    }
}

/// <summary>The end of the log, to which the next line is appended.</summary>
/// <param name="Length">Size of the blob in bytes; 0 without a blob.</param>
/// <param name="LastLine">The last line without its line feed; null in an empty log.</param>
public sealed record LogEnd(long Length, ReadOnlyMemory<byte>? LastLine)
{
    /// <exception cref="FormatException">The last line is not a checkpoint.</exception>
    public Checkpoint? Last => LastLine is { } line ? Checkpoint.Parse(line.Span) : null;

    public string? Hash => LastLine is { } line ? Checkpoint.HashOf(line.Span) : null;
}
