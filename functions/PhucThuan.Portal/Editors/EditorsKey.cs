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
/// The random part of the addresses that only editors know (capability links). It stands, as the full link, in one blob
/// of container <c>drafts</c>, which editors may read. Whoever deletes that blob gets a new link, and the old one is
/// void: within a minute while readers come, else with the next request for the desk. The key is read once a minute at
/// most, however many guesses come, and not at all while nobody comes.
/// </summary>
public sealed partial class EditorsKey(
    BlobServiceClient blobs, SiteAddress address, CatalogueCache catalogue, IHostApplicationLifetime lifetime,
    TimeProvider clock, ILogger<EditorsKey> logger)
    : BackgroundService
{
    public const string BlobName = "dia-chi-ban-bien-tap.txt";

    /// <summary>256 bits.</summary>
    private const int KeyBytes = 32;

    /// <summary>How long a deleted key may still open the desk.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How long the first requests of an instance wait for the key.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BlobClient _blob = blobs.GetBlobContainerClient(Drafts.ContainerName).GetBlobClient(BlobName);
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Task _refreshing = Task.CompletedTask;
    private long? _refreshedAt;
    private volatile string? _key;
    private string? _trouble;

    /// <summary>Whether <paramref name="candidate"/> is the key. Compares in constant time (CWE-208).</summary>
    /// <exception cref="StorageUnavailableException">This instance has just started and storage has not answered
    /// yet.</exception>
    public async Task<bool> AdmitsAsync(string candidate, CancellationToken cancellationToken) =>
        await GetAsync(cancellationToken) is { } key && AreEqual(key, candidate);

    /// <summary>
    /// A key of its own for one thing, derived from the editors' key (HMAC-SHA256, 128 bits in Base64url): it can be
    /// handed on without handing on the editors' key, and is void together with it. Null while there is no key.
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
        // The link needs the site's address, which is known once the server listens.
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

    /// <summary>Single flight, once in <see cref="Interval"/>; never fails.</summary>
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
            await _read.Task.WaitAsync(Patience, clock, cancellationToken);
            await RefreshIfDueAsync(lifetime.ApplicationStopping).WaitAsync(Patience, clock, cancellationToken);
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
            // Once for each reason. The key that is known stays valid.
            if (_trouble != failure.GetBaseException().Message)
            {
                _trouble = failure.GetBaseException().Message;
                Log.NotRead(logger, BlobName, _trouble);
            }

            if (failure is RequestFailedException { Status: >= 400 and < 500 })
            {
                _read.TrySetResult(); // no container, or no right to it: there is no desk
            }
        }
    }

    /// <summary>
    /// A blob without a key in it, as somebody edited it, is replaced. So is a link to another address, once.
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

    /// <summary>False when another instance was faster.</summary>
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
