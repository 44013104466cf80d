using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Visits;

/// <summary>
/// Tells visitors apart without knowing them: a hash of address and user agent under a random key that lives in this
/// process alone. Nothing of it is stored or logged, and no cookie is set.
/// </summary>
public sealed class VisitorHash
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>64 bits of HMAC-SHA-256.</summary>
    public ulong Of(HttpRequest request)
    {
        var visitor = $"{request.HttpContext.Connection.RemoteIpAddress}\n{request.Headers.UserAgent}";
        return BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(visitor)));
    }
}
