using Azure.Storage.Blobs;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Media;

/// <summary>A file that an article links to.</summary>
/// <param name="Address">Such as <c>/media/mau-don.pdf</c>.</param>
/// <param name="IsMissing">Whether container <c>media</c> does not have it.</param>
/// <param name="Length">Bytes; null while storage does not tell.</param>
public sealed record MediaFile(string Address, bool IsMissing, long? Length)
{
    private const double Kilobyte = 1024;

    /// <summary><c>PDF</c>.</summary>
    public string Kind => Path.GetExtension(Address).TrimStart('.').ToUpperInvariant();

    /// <summary><c>1,2 MB</c>, in the units of Windows; null while storage does not tell.</summary>
    public string? Size => Length switch
    {
        null => null,
        < 1000 => $"{Length} byte",
        < 1000 * 1024 => string.Create(VietnamTime.Culture, $"{Length / Kilobyte:0} KB"),
        _ => string.Create(VietnamTime.Culture, $"{Length / Kilobyte / Kilobyte:0.#} MB"),
    };
}

/// <summary>The sizes of documents in container <c>media</c>.</summary>
public sealed class MediaSizes(BlobServiceClient blobs, IFusionCache cache)
{
    private const int ConcurrentReads = 8;

    private const string Folder = "/media/";

    /// <summary>A file that is not there may be on its way, after its article.</summary>
    private static readonly TimeSpan MissKept = TimeSpan.FromSeconds(10);

    private static readonly FusionCacheEntryOptions Options = new FusionCacheEntryOptions(TimeSpan.FromMinutes(10))
        .SetFactoryTimeouts(softTimeout: TimeSpan.FromMilliseconds(500), hardTimeout: TimeSpan.FromSeconds(2))
        .SetFailSafe(isEnabled: true, maxDuration: TimeSpan.FromHours(1), throttleDuration: MissKept);

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(MediaFiles.ContainerName);

    /// <summary>In the order of the addresses. While storage is away they are taken to be there.</summary>
    public async Task<IReadOnlyList<MediaFile>> FindAsync(
        IReadOnlyList<string> addresses,
        CancellationToken cancellationToken)
    {
        var files = new MediaFile[addresses.Count];
        await Parallel.ForAsync(
            0,
            addresses.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (index, token) => files[index] = await FindAsync(addresses[index], token));
        return files;
    }

    private ValueTask<MediaFile> FindAsync(string address, CancellationToken cancellationToken) =>
        cache.GetOrSetAsync<MediaFile>(
            "media-size:" + address,
            async (context, token) =>
            {
                var file = await ReadAsync(address, token);
                context.Options.Duration = file.IsMissing ? MissKept : context.Options.Duration;
                return file;
            },
            MaybeValue<MediaFile>.FromValue(new(address, IsMissing: false, Length: null)),
            Options,
            token: cancellationToken);

    private async Task<MediaFile> ReadAsync(string address, CancellationToken cancellationToken)
    {
        foreach (var name in MediaFiles.BlobNamesOf(Uri.UnescapeDataString(address[Folder.Length..])))
        {
            try
            {
                var properties = await _container
                    .GetBlobClient(name)
                    .GetPropertiesAsync(cancellationToken: cancellationToken);
                return new(address, IsMissing: false, properties.Value.ContentLength);
            }
            catch (Azure.RequestFailedException failure) when (failure.Status is 400 or 404)
            {
                // Perhaps under the next name; one that storage refuses is nowhere.
            }
        }

        return new(address, IsMissing: true, Length: null);
    }
}
