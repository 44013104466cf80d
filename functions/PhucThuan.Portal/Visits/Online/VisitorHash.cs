using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Distinguishes visitors without identifying them: a hash of address and user agent with a random key. Neither is
/// stored or logged, and no cookie is set.
/// </summary>
public static class VisitorHash
{
    /// <summary>The first 64 bits of HMAC-SHA-256, which are uniformly distributed.</summary>
    /// <param name="slug">Null for a hash of the visitor; otherwise, a hash of the visitor and the article.</param>
    public static ulong Of(HttpRequest request, ReadOnlySpan<byte> key, string? slug = null)
    {
        // A line feed separates the parts unambiguously: neither an address nor a header value contains one.
        var visitor = $"{request.HttpContext.Connection.RemoteIpAddress}\n{request.Headers.UserAgent}\n{slug}";
        return BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(visitor)));
    }
}
