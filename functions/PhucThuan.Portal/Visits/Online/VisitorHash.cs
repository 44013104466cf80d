using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Tells visitors apart without knowing them: a hash of address and user agent under a random key. Neither is stored or
/// logged, and no cookie is set.
/// </summary>
public static class VisitorHash
{
    /// <summary>64 bits of HMAC-SHA-256, so uniformly distributed.</summary>
    /// <param name="slug">For a hash of the visitor and this article together.</param>
    public static ulong Of(HttpRequest request, ReadOnlySpan<byte> key, string? slug = null)
    {
        // The line feed keeps the parts apart: neither an address nor a header's value has one.
        var visitor = $"{request.HttpContext.Connection.RemoteIpAddress}\n{request.Headers.UserAgent}\n{slug}";
        return BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(visitor)));
    }
}
