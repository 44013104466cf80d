using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Storage;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Media;

/// <summary>
/// Links with a shared access signature, which grant read access to one file for one to two hours, so that the slow
/// download of a big file occupies no instance. In Azure, they are signed with a user delegation key and grant nothing
/// that the app's identity cannot read; with a connection string, they are signed with the account key. See decision 4.
/// </summary>
public sealed partial class StorageLinks(
    BlobServiceClient blobs, IOptions<MediaOptions> options, IFusionCache cache, TimeProvider clock,
    ILogger<StorageLinks> logger)
{
    private const long Megabyte = 1024 * 1024;

    // A link is the same for an hour, so a browser can use its cached file that long.
    private const string CacheControl = "private, max-age=3600";

    /// <summary>Azure's limit is seven days.</summary>
    private static readonly TimeSpan KeyValid = TimeSpan.FromDays(1);

    /// <summary>Maximum difference between the clocks of this instance and of storage.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    private static readonly FusionCacheEntryOptions KeyKept = new(KeyValid / 2);

    private static readonly TimeSpan FailureKept = TimeSpan.FromMinutes(1);

    /// <summary>
    /// True for big files that a reader opens or saves. Files embedded in a page are not redirected, because CSP and
    /// COEP of the pages block other hosts. Browsers since 2023 send <c>Sec-Fetch-Mode</c>; for other clients the type
    /// decides, because documents cannot be embedded.
    /// </summary>
    public bool AreFor(HttpRequest request, string contentType, long length)
    {
        if (options.Value.RedirectMegabytes is 0 || length < options.Value.RedirectMegabytes * Megabyte)
        {
            return false;
        }

        var mode = request.Headers["Sec-Fetch-Mode"].ToString();
        return mode.Length > 0
            ? mode.Equals("navigate", StringComparison.OrdinalIgnoreCase)
            : contentType.StartsWith("application/", StringComparison.Ordinal);
    }

    /// <summary>Null when storage issues no key; the app then sends the file itself.</summary>
    /// <param name="contentType">
    /// Overrides the header of the storage response, like <paramref name="disposition"/>.
    /// </param>
    public async Task<Uri?> FindAsync(
        BlobClient blob, string contentType, string disposition, CancellationToken cancellationToken)
    {
        // Constant within an hour, so that the address remains valid as a cache key.
        var now = clock.GetUtcNow();
        var expiry = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour)).AddHours(2);
        var link = new BlobSasBuilder(BlobSasPermissions.Read, expiry)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            ContentType = contentType,
            ContentDisposition = disposition,
            CacheControl = CacheControl,
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        return blob.CanGenerateSasUri ? blob.GenerateSasUri(link)
            : await FindKeyAsync(cancellationToken) is { } key ? blob.GenerateUserDelegationSasUri(link, key)
            : null;
    }

    private ValueTask<UserDelegationKey?> FindKeyAsync(CancellationToken cancellationToken) =>
        cache.GetOrSetAsync<UserDelegationKey?>(
            "user-delegation-key",
            async (context, token) =>
            {
                var now = clock.GetUtcNow();
                try
                {
                    return await blobs.GetUserDelegationKeyAsync(
                        new BlobGetUserDelegationKeyOptions(now + KeyValid) { StartsOn = now - ClockSkew }, token);
                }
                catch (Exception failure) when (StorageFailures.Include(failure))
                {
                    Log.NoKey(logger, failure.GetBaseException().Message);
                    context.Options.Duration = FailureKept;
                    return null;
                }
            },
            KeyKept,
            token: cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Storage issues no key for links to big files; the app sends them itself: {Reason}")]
        public static partial void NoKey(ILogger logger, string reason);
    }
}
