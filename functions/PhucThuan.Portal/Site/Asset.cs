using System.Security.Cryptography;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site;

/// <summary>A file of the portal's own. Its body is made when it is first asked for.</summary>
/// <param name="source">What the body is made of.</param>
/// <param name="create">Makes the bytes that are sent.</param>
internal sealed class Asset(byte[] source, Func<byte[]> create)
{
    // The minifier's version too: another one may write other bytes.
    private static readonly byte[] Maker = typeof(NUglify.Uglify).Module.ModuleVersionId.ToByteArray();

    private readonly Lazy<EncodedBody> _body = new(() => EncodedBody.Create(create()));

    /// <summary>64 bits of SHA-256, in hexadecimal.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData([.. source, .. Maker]))[..16];

    public EncodedBody Body => _body.Value;
}
