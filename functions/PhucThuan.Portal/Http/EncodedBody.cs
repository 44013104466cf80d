using System.IO.Compression;
using System.Security.Cryptography;

namespace PhucThuan.Portal.Http;

/// <summary>
/// A response body, compressed once and sent many times. Each encoding has its own strong entity tag, because a strong
/// tag identifies the bytes (RFC 9110, 8.8.1).
/// </summary>
public sealed class EncodedBody
{
    /// <summary>
    /// Maximum size in bytes for the best compression level: Brotli took 1.4 s for 1 MiB of text. Larger bodies consist
    /// mostly of embedded pictures, which do not compress.
    /// </summary>
    private const int SmallestSizeLimit = 256 * 1024;

    private EncodedBody(byte[] identity, CompressionLevel level)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(identity))[..16];
        Identity = new Representation(null, identity, $"\"{hash}\"");
        Brotli =
            new Representation("br", Compress(identity, stream => new BrotliStream(stream, level)), $"\"{hash}-br\"");
        Gzip =
            new Representation("gzip", Compress(identity, stream => new GZipStream(stream, level)), $"\"{hash}-gzip\"");
        Hash = hash;
    }

    /// <summary>The first 64 bits of the content's SHA-256, in hexadecimal.</summary>
    public string Hash { get; }

    public Representation Identity { get; }

    public Representation Brotli { get; }

    public Representation Gzip { get; }

    /// <summary>Total size of all representations in bytes.</summary>
    public int Size => Identity.Bytes.Length + Brotli.Bytes.Length + Gzip.Bytes.Length;

    /// <summary>Best compression, for a body that is sent many times.</summary>
    public static EncodedBody Create(byte[] identity) =>
        new(identity, identity.Length <= SmallestSizeLimit ? CompressionLevel.SmallestSize : CompressionLevel.Optimal);

    /// <summary>Fastest compression, for a body that is sent once.</summary>
    public static EncodedBody CreateQuickly(byte[] identity) => new(identity, CompressionLevel.Fastest);

    private static byte[] Compress(byte[] content, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}

/// <summary>A representation of a body (RFC 9110, 3.2).</summary>
/// <param name="ContentEncoding">Value of the header; null without encoding.</param>
/// <param name="EntityTag">Strong tag, including its quotes.</param>
public sealed record Representation(string? ContentEncoding, ReadOnlyMemory<byte> Bytes, string EntityTag);
