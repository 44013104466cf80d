using System.Security.Cryptography;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site;

/// <summary>A style sheet, script or icon of the portal. The body is created at the first request.</summary>
/// <param name="source">Input of the hash.</param>
/// <param name="create">Creates the bytes to send.</param>
internal sealed class Asset(byte[] source, Func<byte[]> create)
{
    // Part of the hash, because another version of the minifier may write different bytes.
    private static readonly byte[] MinifierVersion = typeof(NUglify.Uglify).Module.ModuleVersionId.ToByteArray();

    private readonly Lazy<EncodedBody> _body = new(() => EncodedBody.Create(create()));

    /// <summary>64 bits of SHA-256, in hexadecimal.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData([.. source, .. MinifierVersion]))[..16];

    public EncodedBody Body => _body.Value;
}
