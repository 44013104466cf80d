namespace PhucThuan.Tests.Visits.Online;

/// <summary>Hashes as uniform as those of an HMAC, and reproducible.</summary>
internal static class SketchHashes
{
    /// <summary>SplitMix64, which gives different numbers of one seed different hashes.</summary>
    public static ulong Of(int seed, long number)
    {
        var hash = unchecked(((ulong)seed << 40) + ((ulong)number * 0x9E3779B97F4A7C15UL));
        hash = unchecked((hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL);
        hash = unchecked((hash ^ (hash >> 27)) * 0x94D049BB133111EBUL);
        return hash ^ (hash >> 31);
    }
}
