using System.IO.Compression;
using System.Security.Cryptography;

namespace PhucThuan.Portal.Http;

/// <summary>
/// A response body compressed once and sent many times. Each encoding has a strong entity tag of its own, because
/// the tag stands for bytes (RFC 9110, 8.8.1).
/// </summary>
public sealed class EncodedBody
{
    /// <summary>
    /// Bytes up to which the best compression is worth its time: Brotli took 1.4 s for a MiB of text, once for each
    /// version. What is larger is mostly embedded pictures, which do not shrink.
    /// </summary>
    private const int SmallestSizeLimit = 256 * 1024;

    private EncodedBody(byte[] identity, CompressionLevel level)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(identity))[..16];
        Identity = new Representation(null, identity, $"\"{hash}\"");
        Brotli = new Representation("br", Compress(identity, stream => new BrotliStream(stream, level)), $"\"{hash}-br\"");
        Gzip = new Representation("gzip", Compress(identity, stream => new GZipStream(stream, level)), $"\"{hash}-gzip\"");
        Hash = hash;
    }

    /// <summary>64 bits of the content's SHA-256, in hexadecimal.</summary>
    public string Hash { get; }

    public Representation Identity { get; }

    public Representation Brotli { get; }

    public Representation Gzip { get; }

    /// <summary>Bytes that all representations hold together.</summary>
    public int Size => Identity.Bytes.Length + Brotli.Bytes.Length + Gzip.Bytes.Length;

    /// <summary>For what is sent many times.</summary>
    public static EncodedBody Create(byte[] identity) =>
        new(identity, identity.Length <= SmallestSizeLimit ? CompressionLevel.SmallestSize : CompressionLevel.Optimal);

    /// <summary>For what is sent once.</summary>
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

/// <summary>One form of a body as it goes over the wire.</summary>
/// <param name="ContentEncoding">Name in the header of that name; null for the plain form.</param>
/// <param name="EntityTag">Strong tag with its quotes.</param>
public sealed record Representation(string? ContentEncoding, ReadOnlyMemory<byte> Bytes, string EntityTag);
