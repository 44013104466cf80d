namespace PhucThuan.Portal.Media;

/// <summary>A file that an article links to.</summary>
/// <param name="Address">Such as <c>/media/mau-don.pdf</c>.</param>
/// <param name="IsMissing">True when container <c>media</c> does not have the file.</param>
/// <param name="Length">Size in bytes; null while storage is unavailable.</param>
public sealed record MediaFile(string Address, bool IsMissing, long? Length)
{
    private const double Kilobyte = 1024;

    /// <summary><c>PDF</c>.</summary>
    public string Kind => Path.GetExtension(Address).TrimStart('.').ToUpperInvariant();

    /// <summary><c>1,2 MB</c>, in the units of Windows; null while storage is unavailable.</summary>
    public string? Size => Length switch
    {
        null => null,
        < 1000 => $"{Length} byte",
        < 1000 * 1024 => string.Create(VietnamTime.Culture, $"{Length / Kilobyte:0} KB"),
        _ => string.Create(VietnamTime.Culture, $"{Length / Kilobyte / Kilobyte:0.#} MB"),
    };
}

/// <summary>The sizes of documents in container <c>media</c>.</summary>
public sealed class MediaSizes(MediaLookup lookup)
{
    /// <summary>
    /// One result per address, in the same order. While storage is unavailable, no file is reported as missing.
    /// </summary>
    public async Task<IReadOnlyList<MediaFile>> FindAsync(
        IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var lengths = await lookup.FindAsync(
            "media-size",
            addresses,
            async (blob, token) =>
                new Length((await blob.GetPropertiesAsync(cancellationToken: token)).Value.ContentLength),
            whileAway: _ => new Length(null),
            cancellationToken);
        return [.. addresses.Select(address => lengths.TryGetValue(address, out var length)
            ? new MediaFile(address, IsMissing: false, length.Bytes)
            : new MediaFile(address, IsMissing: true, Length: null))];
    }

    private sealed record Length(long? Bytes);
}
