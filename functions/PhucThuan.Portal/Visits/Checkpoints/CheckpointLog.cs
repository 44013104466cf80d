using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace PhucThuan.Portal.Visits.Checkpoints;

/// <summary>
/// The checkpoints of all days, a line each (JSON Lines), the oldest first. An append blob: a line is appended whole or
/// not at all, and the app's role in Azure neither overwrites nor deletes the blob.
/// </summary>
public sealed class CheckpointLog(BlobServiceClient blobs)
{
    public const string ContainerName = "checkpoints";

    public const string BlobName = "checkpoints.jsonl";

    public const string ContentType = "application/jsonl; charset=utf-8";

    /// <summary>
    /// Read first to find the last line, which has about 70 bytes for each article viewed on its day.
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
    /// <exception cref="RequestFailedException">Storage failed; the line may or may not be there.</exception>
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
            // Also our own append, when its answer was lost and the client sent it again.
            return false;
        }
    }

    /// <summary>Null when there is no checkpoint yet.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<Stream?> OpenReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // What is appended while it is sent does not concern what was there.
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
            // It exists.
        }
    }

    private async Task<byte[]> ReadAsync(long start, long length, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(start, length) };
        return (await _blob.DownloadContentAsync(options, cancellationToken)).Value.Content.ToArray();
    }
}

/// <summary>Where the next line is appended.</summary>
/// <param name="Length">Bytes of the blob; 0 when there is none.</param>
/// <param name="LastLine">The last line without its line feed; null when there is none.</param>
public sealed record LogEnd(long Length, ReadOnlyMemory<byte>? LastLine)
{
    /// <exception cref="FormatException">The last line is not a checkpoint.</exception>
    public Checkpoint? Last => LastLine is { } line ? Checkpoint.Parse(line.Span) : null;

    public string? Hash => LastLine is { } line ? Checkpoint.HashOf(line.Span) : null;
}
