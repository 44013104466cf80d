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
/// Addresses in storage under which anyone can read one file for one to two hours (shared access signatures), so that a
/// slow download of a big file occupies no instance. In Azure they are signed with a user delegation key of the app's
/// identity, and grant nothing that the identity cannot read; with a connection string, with the account's key. See
/// decision 4.
/// </summary>
public sealed partial class StorageLinks(
    BlobServiceClient blobs, IOptions<MediaOptions> options, IFusionCache cache, TimeProvider clock,
    ILogger<StorageLinks> logger)
{
    private const long Megabyte = 1024 * 1024;

    // The browser may keep the file as long as it meets the same address.
    private const string CacheControl = "private, max-age=3600";

    /// <summary>Azure's limit is seven days.</summary>
    private static readonly TimeSpan KeyValid = TimeSpan.FromDays(1);

    /// <summary>Clocks of this instance and of storage may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    private static readonly FusionCacheEntryOptions KeyKept = new(KeyValid / 2);

    private static readonly TimeSpan FailureKept = TimeSpan.FromMinutes(1);

    /// <summary>
    /// True for big files that are opened or saved on their own. Pictures, audio and video inside a page stay here: the
    /// policies of our pages (CSP, COEP) let no other host in. Browsers since 2023 say which it is; for other clients,
    /// the type tells: pages contain no documents.
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

    /// <summary>Null while storage gives no key; then the file is sent from here.</summary>
    /// <param name="contentType">
    /// Header of the answer of storage, like <paramref name="disposition"/>; what editors' programs have set does not
    /// count.
    /// </param>
    public async Task<Uri?> FindAsync(
        BlobClient blob, string contentType, string disposition, CancellationToken cancellationToken)
    {
        // The same until the hour ends, so that a browser finds the file in its cache.
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
            Message = "Storage gives no key for links to big files, which are sent by the app instead: {Reason}")]
        public static partial void NoKey(ILogger logger, string reason);
    }
}
