using System.Buffers.Binary;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// A mergeable set of visitors in at most 16 KiB: a set of hashes up to <see cref="ExactLimit"/>, above it a
/// <see cref="HyperLogLog"/>. Its state depends only on the visitors in it. Merging is therefore commutative,
/// associative and idempotent, so instances may merge in any order and repeatedly. Not thread-safe.
/// </summary>
public sealed class VisitorSketch
{
    /// <summary>Up to this many visitors are counted exactly, more with a standard error of 0.81 %.</summary>
    public const int ExactLimit = 256;

    private const byte Version = 1;
    private const int HeaderBytes = 2;

    // Null above ExactLimit; _registers is null up to it.
    private HashSet<ulong>? _exact = [];
    private HyperLogLog? _registers;

    // Cached; null after a change.
    private long? _estimate;

    private enum Content : byte
    {
        Hashes = 0,
        Registers = 1,
    }

    /// <param name="bytes">In the format of <see cref="ToBytes"/>.</param>
    /// <exception cref="FormatException">The bytes have another format.</exception>
    public static VisitorSketch Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != Version)
        {
            throw new FormatException($"A sketch begins with version {Version}.");
        }

        var content = bytes[HeaderBytes..];
        return (Content)bytes[1] switch
        {
            Content.Hashes => new VisitorSketch { _exact = ParseHashes(content) },
            Content.Registers => new VisitorSketch { _exact = null, _registers = HyperLogLog.Unpack(content) },
            _ => throw new FormatException($"A sketch has no content of kind {bytes[1]}."),
        };
    }

    /// <summary>
    /// Format: a byte for the version, a byte for the kind of content, then the hashes in ascending order (8 bytes
    /// each, little-endian; 2,050 bytes in total at most) or the registers (12,290 bytes in total). A table property
    /// has at most 64 KiB.
    /// </summary>
    public byte[] ToBytes()
    {
        var content = _exact is null ? HyperLogLog.PackedBytes : _exact.Count * sizeof(ulong);
        var bytes = new byte[HeaderBytes + content];
        bytes[0] = Version;
        if (_exact is null)
        {
            bytes[1] = (byte)Content.Registers;
            _registers!.Pack(bytes.AsSpan(HeaderBytes));
            return bytes;
        }

        bytes[1] = (byte)Content.Hashes;
        var position = HeaderBytes;
        foreach (var visitor in _exact.Order())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(position), visitor);
            position += sizeof(ulong);
        }

        return bytes;
    }

    /// <param name="visitor">A uniformly distributed hash, such as a <see cref="VisitorHash"/>.</param>
    /// <returns>True when the sketch has changed.</returns>
    public bool Add(ulong visitor)
    {
        if (!(_exact?.Add(visitor) ?? _registers!.Add(visitor)))
        {
            return false;
        }

        if (_exact?.Count > ExactLimit)
        {
            _registers = new HyperLogLog();
            AddAll(_exact, _registers);
            _exact = null;
        }

        _estimate = null;
        return true;
    }

    /// <summary>Adds all visitors of the other sketch.</summary>
    public void Merge(VisitorSketch other)
    {
        if (other._exact is not null)
        {
            foreach (var visitor in other._exact)
            {
                Add(visitor);
            }

            return;
        }

        _registers ??= new HyperLogLog();
        _registers.Merge(other._registers!);
        AddAll(_exact ?? [], _registers);
        _exact = null;
        _estimate = null;
    }

    public long Count() => _exact?.Count ?? (_estimate ??= Estimate());

    private static void AddAll(HashSet<ulong> visitors, HyperLogLog registers)
    {
        foreach (var visitor in visitors)
        {
            registers.Add(visitor);
        }
    }

    private static HashSet<ulong> ParseHashes(ReadOnlySpan<byte> content)
    {
        if (content.Length % sizeof(ulong) != 0 || content.Length > ExactLimit * sizeof(ulong))
        {
            throw new FormatException($"{content.Length} bytes are not up to {ExactLimit} hashes.");
        }

        var visitors = new HashSet<ulong>();
        for (ulong last = 0; !content.IsEmpty; content = content[sizeof(ulong)..])
        {
            var visitor = BinaryPrimitives.ReadUInt64LittleEndian(content);
            if (visitors.Count > 0 && visitor <= last)
            {
                throw new FormatException("The hashes are not in ascending order.");
            }

            visitors.Add(visitor);
            last = visitor;
        }

        return visitors;
    }

    /// <summary>At least <see cref="ExactLimit"/> + 1, because registers exist only above the limit.</summary>
    private long Estimate() => Math.Max(ExactLimit + 1, (long)Math.Round(_registers!.Estimate()));
}
