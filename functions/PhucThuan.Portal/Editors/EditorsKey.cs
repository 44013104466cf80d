using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Editors;

/// <summary>
/// The random key in the editors' addresses (capability links). A blob of container <c>drafts</c>, which editors can
/// read, contains the full link. Deleting the blob revokes the key and creates a new one, within a minute when there
/// are requests, otherwise with the next request for the desk. The key is read at most once a minute, regardless of the
/// number of requests, and never without requests.
/// </summary>
public sealed partial class EditorsKey(
    BlobServiceClient blobs, SiteAddress address, CatalogueCache catalogue, IHostApplicationLifetime lifetime,
    TimeProvider clock, ILogger<EditorsKey> logger)
    : BackgroundService
{
    public const string BlobName = "dia-chi-ban-bien-tap.txt";

    /// <summary>256 bits.</summary>
    private const int KeyBytes = 32;

    /// <summary>Refresh interval; a deleted key may be valid for this time.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Maximum time that the first requests of an instance wait for the key.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(10);

    private readonly BlobClient _blob = blobs.GetBlobContainerClient(Drafts.ContainerName).GetBlobClient(BlobName);
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Task _refreshing = Task.CompletedTask;
    private long? _refreshedAt;
    private volatile string? _key;
    private string? _trouble;

    /// <summary>True when <paramref name="candidate"/> is the key. Compares in constant time (CWE-208).</summary>
    /// <exception cref="StorageUnavailableException">This instance has not read the key yet.</exception>
    public async Task<bool> AdmitsAsync(string candidate, CancellationToken cancellationToken) =>
        await GetAsync(cancellationToken) is { } key && AreEqual(key, candidate);

    /// <summary>
    /// Derives a key for a purpose from the editors' key (HMAC-SHA256, 128 bits in Base64url). It can be shared without
    /// revealing the editors' key, and is revoked together with it. Null without an editors' key.
    /// </summary>
    public async Task<string?> DeriveAsync(string purpose, CancellationToken cancellationToken) =>
        await GetAsync(cancellationToken) is { } key
            ? WebEncoders.Base64UrlEncode(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(purpose)).AsSpan(0, 16))
            : null;

    internal static bool AreEqual(string secret, string candidate) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(candidate));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The link contains the site's address, which is available when the server listens.
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        await RefreshIfDueAsync(stoppingToken);
        var served = catalogue.CheckedAt;
        while (true)
        {
            await Task.Delay(Interval, clock, stoppingToken);
            if (catalogue.CheckedAt != served)
            {
                served = catalogue.CheckedAt;
                await RefreshIfDueAsync(stoppingToken);
            }
        }
    }

    /// <summary>Single flight, at most once per <see cref="Interval"/>; never fails.</summary>
    private Task RefreshIfDueAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (
                _refreshing.IsCompleted
                && (_refreshedAt is null || clock.GetElapsedTime(_refreshedAt.Value) >= Interval))
            {
                _refreshedAt = clock.GetTimestamp();
                _refreshing = TryRefreshAsync(cancellationToken);
            }

            return _refreshing;
        }
    }

    private async Task<string?> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _read.Task.WaitAsync(WaitLimit, clock, cancellationToken);
            await RefreshIfDueAsync(lifetime.ApplicationStopping).WaitAsync(WaitLimit, clock, cancellationToken);
            return _key;
        }
        catch (TimeoutException)
        {
            throw new StorageUnavailableException("The editors' key has not been read yet.");
        }
    }

    private async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            _key = await ReadOrCreateAsync(cancellationToken);
            _trouble = null;
            _read.TrySetResult();
        }
        catch (Exception failure) when (StorageFailures.Include(failure) && !cancellationToken.IsCancellationRequested)
        {
            // Logged once per reason. The known key remains valid.
            if (_trouble != failure.GetBaseException().Message)
            {
                _trouble = failure.GetBaseException().Message;
                Log.NotRead(logger, BlobName, _trouble);
            }

            if (failure is RequestFailedException { Status: >= 400 and < 500 })
            {
                _read.TrySetResult(); // no container or no permission: the desk is not available
            }
        }
    }

    /// <summary>
    /// Replaces a blob without a valid key, for example after somebody has edited it, and, once, a link with another
    /// site address.
    /// </summary>
    private async Task<string> ReadOrCreateAsync(CancellationToken cancellationToken)
    {
        var conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
        string? known = null;
        try
        {
            var start = new BlobDownloadOptions { Range = new HttpRange(0, 4096) };
            var present = (await _blob.DownloadContentAsync(start, cancellationToken)).Value;
            var text = present.Content.ToString().Trim();
            known = KeyInLink().Match(text) is { Success: true } match ? match.Groups[1].Value : null;
            if (known is not null && (_key is not null || text == LinkOf(known)))
            {
                return known;
            }

            conditions = new() { IfMatch = present.Details.ETag };
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound
            || missing.Status == 416)
        {
            conditions = missing.Status == 416 ? new() : conditions; // 416: an empty blob
        }

        var key = known ?? WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(KeyBytes));
        return await TryWriteAsync(key, conditions, cancellationToken)
            ? key
            : await ReadOrCreateAsync(cancellationToken);
    }

    /// <summary>False when another instance has written the blob.</summary>
    private async Task<bool> TryWriteAsync(
        string key, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobUploadOptions
            {
                Conditions = conditions,
                HttpHeaders = new() { ContentType = "text/plain; charset=utf-8" },
            };
            await _blob.UploadAsync(BinaryData.FromString(LinkOf(key) + "\n"), options, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return false;
        }
    }

    private string LinkOf(string key) => address.Of(DeskPaths.Desk(key));

    [GeneratedRegex("/ban-bien-tap/([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])", RegexOptions.CultureInvariant)]
    private static partial Regex KeyInLink();

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning, Message = "The editors' key in blob {Name} cannot be read or written: {Reason}")]
        public static partial void NotRead(ILogger logger, string name, string reason);
    }
}
