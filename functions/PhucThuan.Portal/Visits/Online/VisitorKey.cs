using System.Security.Cryptography;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>Key of the visitor hashes of one day.</summary>
/// <param name="id">Hashes under different keys cannot be compared.</param>
/// <param name="secret">256 random bits.</param>
/// <param name="since">Time of the first use by this instance.</param>
internal sealed class VisitorKey(VisitorKeyId id, byte[] secret, DateTimeOffset since)
{
    public const int Bytes = 32;

    public VisitorKeyId Id => id;

    public ReadOnlySpan<byte> Secret => secret;

    public DateTimeOffset Since => since;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(Bytes);
}

/// <param name="Day">The day in Viet Nam.</param>
/// <param name="Shared">False for a key that this instance created for itself while storage was unavailable.</param>
internal readonly record struct VisitorKeyId(DateOnly Day, bool Shared);
