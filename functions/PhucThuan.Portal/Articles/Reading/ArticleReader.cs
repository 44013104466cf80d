using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>An article as it stands in one version of its blob.</summary>
public sealed record ArticleVersion(Article Article, ETag ETag, DateTimeOffset LastModified);

/// <summary>The answer to a read: a version, or one of the three reasons for having none.</summary>
public sealed record ArticleRead(ArticleVersion? Version)
{
    public static ArticleRead NotFound { get; } = new((ArticleVersion?)null);

    /// <summary>The blob is still the version that the caller knows.</summary>
    public static ArticleRead NotModified { get; } = new((ArticleVersion?)null);

    public bool IsNotModified => ReferenceEquals(this, NotModified);

    /// <summary>Whether there is such a blob, published or hidden. For a read without a known version.</summary>
    public bool IsThere => Version is not null || HiddenBecause is not null;

    /// <summary>Why a blob that is there is not published; null when it is.</summary>
    public string? HiddenBecause { get; private init; }

    public static ArticleRead Hidden(string because) => new((ArticleVersion?)null) { HiddenBecause = because };
}

/// <summary>Reads articles from container <c>articles</c>.</summary>
public sealed partial class ArticleReader(BlobServiceClient blobs, ArticleParser parser, ILogger<ArticleReader> logger)
{
    public const string ContainerName = "articles";

    /// <summary>
    /// Largest file that is read, in bytes. A long article with its pictures embedded is under 5 MiB; more than this
    /// is a mistake, and would take the memory of every other page.
    /// </summary>
    public const int MaxFileLength = 8 * 1024 * 1024;

    /// <summary>
    /// The same for Word files, in bytes. They hold photographs as cameras make them, which are resized for the page.
    /// </summary>
    public const int MaxWordFileLength = 20 * 1024 * 1024;

    /// <summary>Azure's limit for the name of a blob.</summary>
    private const int MaxNameLength = 1024;

    private readonly RefusedFiles _refused = new();
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>
    /// Reads an article unless its blob is still the version <paramref name="known"/>. A file that is too large, or no
    /// article, is hidden.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage did not answer, or refused.</exception>
    public async Task<ArticleRead> ReadAsync(ArticleName name, ETag? known, CancellationToken cancellationToken)
    {
        return await ReadAsync(name, _container.GetBlobClient(name.BlobName), known, cancellationToken);
    }

    /// <summary>Reads a file of articles or drafts by its name. A file that cannot be an article is hidden.</summary>
    /// <exception cref="RequestFailedException">Storage did not answer, or refused.</exception>
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
        // A refused version is newer than the one that the caller knows.
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
    /// For lists of all articles. One that a fault of ours keeps from being read is hidden, which is logged: it must
    /// not take the others with it.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage did not answer, or refused.</exception>
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

    /// <summary>Null for an article that was deleted meanwhile, and for one that is hidden.</summary>
    /// <exception cref="RequestFailedException">Storage did not answer, or refused.</exception>
    public async Task<ArticleVersion?> TryReadAsync(ArticleName name, CancellationToken cancellationToken) =>
        (await ReadForListAsync(name, cancellationToken)).Version;

    /// <summary>Name, version and size of every blob, the unreadable names included.</summary>
    public IAsyncEnumerable<BlobItem> ListAsync(CancellationToken cancellationToken) =>
        _container.GetBlobsAsync(new GetBlobsOptions(), cancellationToken);

    /// <summary>Why a file of this length is not read; null when it is.</summary>
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
            Level = LogLevel.Error, Message = "Blob {Name} is left out of the lists, because it cannot be read")]
        public static partial void NotRead(ILogger logger, Exception fault, string name);
    }
}
