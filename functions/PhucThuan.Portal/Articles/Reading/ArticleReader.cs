using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>An article parsed from a version of its blob.</summary>
public sealed record ArticleVersion(Article Article, ETag ETag, DateTimeOffset LastModified);

/// <summary>Result of a read: a version, or not found, not modified, or hidden.</summary>
public sealed record ArticleRead(ArticleVersion? Version)
{
    public static ArticleRead NotFound { get; } = new((ArticleVersion?)null);

    /// <summary>The blob still has the version that the caller knows.</summary>
    public static ArticleRead NotModified { get; } = new((ArticleVersion?)null);

    public bool IsNotModified => ReferenceEquals(this, NotModified);

    /// <summary>True when the blob exists, published or hidden. Valid for a read without a known version.</summary>
    public bool Exists => Version is not null || HiddenBecause is not null;

    /// <summary>Reason why an existing blob is not published, in Vietnamese; null otherwise.</summary>
    public string? HiddenBecause { get; private init; }

    public static ArticleRead Hidden(string because) => new((ArticleVersion?)null) { HiddenBecause = because };
}

/// <summary>Reads articles from container <c>articles</c>.</summary>
public sealed partial class ArticleReader(BlobServiceClient blobs, ArticleParser parser, ILogger<ArticleReader> logger)
{
    public const string ContainerName = "articles";

    /// <summary>
    /// Maximum file size in bytes. A long article with embedded pictures has less than 5 MiB; larger files are mistakes
    /// and would take the memory of other pages.
    /// </summary>
    public const int MaxFileLength = 8 * 1024 * 1024;

    /// <summary>
    /// Maximum size of a Word file in bytes. Word files contain unreduced photographs, which are resized for the page.
    /// </summary>
    public const int MaxWordFileLength = 20 * 1024 * 1024;

    /// <summary>Azure's limit for blob names.</summary>
    private const int MaxNameLength = 1024;

    private readonly RefusedFiles _refused = new();
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>
    /// Reads an article unless its blob still has the version <paramref name="known"/>. Hidden when the file is too
    /// large or not an article.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<ArticleRead> ReadAsync(ArticleName name, ETag? known, CancellationToken cancellationToken)
    {
        return await ReadAsync(name, _container.GetBlobClient(name.BlobName), known, cancellationToken);
    }

    /// <summary>Reads an article or a draft by blob name. Hidden when the file is not an article.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<ArticleRead> ReadFileAsync(
        BlobContainerClient container, string blobName, CancellationToken cancellationToken)
    {
        if (blobName.Length is 0 or > MaxNameLength)
        {
            return ArticleRead.NotFound;
        }

        if (ArticleName.Of(blobName) is not { } name)
        {
            return await container.GetBlobClient(blobName).ExistsAsync(cancellationToken)
                ? ArticleRead.Hidden(OtherFiles.ReasonAgainst(blobName) ?? OtherFiles.NoLetters)
                : ArticleRead.NotFound;
        }

        try
        {
            return await ReadAsync(name, container.GetBlobClient(blobName), known: null, cancellationToken);
        }
        catch (Exception fault) when (!StorageFailures.Include(fault))
        {
            Log.NotRead(logger, fault, blobName);
            return ArticleRead.Hidden("cổng bị lỗi khi đọc tệp này");
        }
    }

    private async Task<ArticleRead> ReadAsync(
        ArticleName name, BlobClient blob, ETag? known, CancellationToken cancellationToken)
    {
        // A refused version takes precedence, because it is newer than the one that the caller knows.
        var refused = _refused.Find(blob.Uri);
        var options = new BlobDownloadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = refused?.Version ?? known },
        };
        try
        {
            var response = await blob.DownloadStreamingAsync(options, cancellationToken);
            if (response.GetRawResponse().Status == StatusCodes.Status304NotModified)
            {
                return refused is { Reason: var reason } ? ArticleRead.Hidden(reason) : ArticleRead.NotModified;
            }

            using var download = response.Value;
            var read = await ReadAsync(name, download, cancellationToken);
            if (read.HiddenBecause is { } because)
            {
                _refused.Add(blob.Uri, download.Details.ETag, because);
            }
            else
            {
                _refused.Remove(blob.Uri);
            }

            return read;
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return ArticleRead.NotFound;
        }
    }

    /// <summary>
    /// Reads an article for a list. If a bug prevents that, logs it and returns a hidden article, so that the other
    /// articles are still listed.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<ArticleRead> ReadForListAsync(ArticleName name, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(name, known: null, cancellationToken);
        }
        catch (Exception fault) when (!StorageFailures.Include(fault))
        {
            Log.NotRead(logger, fault, name.BlobName);
            return ArticleRead.Hidden("cổng bị lỗi khi đọc tệp này");
        }
    }

    /// <summary>Null for an article that has been deleted or is hidden.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<ArticleVersion?> TryReadAsync(ArticleName name, CancellationToken cancellationToken) =>
        (await ReadForListAsync(name, cancellationToken)).Version;

    /// <summary>Name, version and size of every blob, including names that are not articles'.</summary>
    public IAsyncEnumerable<BlobItem> ListAsync(CancellationToken cancellationToken) =>
        _container.GetBlobsAsync(new GetBlobsOptions(), cancellationToken);

    /// <summary>Message for the editor when the file is too large; otherwise null.</summary>
    public static string? FindTooLong(string blobName, long length)
    {
        var isWord = DocumentKinds.Of(blobName) is DocumentKind.Word;
        var most = isWord ? MaxWordFileLength : MaxFileLength;
        var advice = isWord ? "hãy nén ảnh trong Word (Định dạng ảnh → Nén ảnh)" : "hãy để ảnh vào kho media";
        return length > most
            ? $"tệp nặng {VietnamTime.Format(length)} byte, nhiều nhất là {VietnamTime.Format(most)}; {advice}"
            : null;
    }

    private async Task<ArticleRead> ReadAsync(
        ArticleName name, BlobDownloadStreamingResult download, CancellationToken cancellationToken)
    {
        var length = download.Details.ContentLength;
        if (FindTooLong(name.BlobName, length) is { } reason)
        {
            return ArticleRead.Hidden(reason);
        }

        var file = new byte[length];
        await download.Content.ReadExactlyAsync(file, cancellationToken);
        var modified = download.Details.LastModified;
        try
        {
            return new ArticleRead(
                new ArticleVersion(parser.Parse(name, file, modified), download.Details.ETag, modified));
        }
        catch (NotAnArticleException other)
        {
            return ArticleRead.Hidden(other.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error, Message = "Blob {Name} is omitted from lists, because it cannot be read")]
        public static partial void NotRead(ILogger logger, Exception fault, string name);
    }
}
