using System.Security.Cryptography;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>What visitors of one day are hashed under.</summary>
/// <param name="id">Which key it is; hashes under different keys cannot be compared.</param>
/// <param name="secret">256 bits.</param>
/// <param name="since">When this instance began to use it.</param>
internal sealed class VisitorKey(VisitorKeyId id, byte[] secret, DateTimeOffset since)
{
    public const int Bytes = 32;

    public VisitorKeyId Id => id;

    public ReadOnlySpan<byte> Secret => secret;

    public DateTimeOffset Since => since;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(Bytes);
}

/// <param name="Day">The day in Viet Nam.</param>
/// <param name="Shared">False for a key that this instance made for itself while storage was away.</param>
internal readonly record struct VisitorKeyId(DateOnly Day, bool Shared);
