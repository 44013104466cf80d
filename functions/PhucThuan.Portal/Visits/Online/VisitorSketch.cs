using System.Buffers.Binary;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// A set of visitors that can be counted and merged with others but takes 16 KiB at most: the very hashes up to
/// <see cref="ExactLimit"/>, a <see cref="HyperLogLog"/> above. What it holds depends on the visitors alone, so merging
/// is commutative, associative and idempotent: instances may merge in any order and as often as they like.
/// Not thread-safe.
/// </summary>
public sealed class VisitorSketch
{
    /// <summary>Up to this many visitors are counted exactly, more with a standard error of 0.81 %.</summary>
    public const int ExactLimit = 256;

    private const byte Version = 1;
    private const int HeaderBytes = 2;

    // Null as soon as there are more than ExactLimit; the other is null before.
    private HashSet<ulong>? _exact = [];
    private HyperLogLog? _registers;

    // Null when it must be recomputed.
    private long? _estimate;

    private enum Content : byte
    {
        Hashes = 0,
        Registers = 1,
    }

    /// <param name="bytes">What <see cref="ToBytes"/> made.</param>
    /// <exception cref="FormatException">They were made by something else, or damaged.</exception>
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
    /// Version, kind of content, then the hashes in ascending order (8 bytes each, little-endian; 2,050 bytes at most)
    /// or the registers (12,290 bytes). A table property may have 64 KiB.
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

    /// <param name="visitor">A uniformly distributed hash, as <see cref="VisitorHash"/> makes.</param>
    /// <returns>False when the sketch has not changed by it.</returns>
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

    /// <summary>That there are registers says that there are more than <see cref="ExactLimit"/>.</summary>
    private long Estimate() => Math.Max(ExactLimit + 1, (long)Math.Round(_registers!.Estimate()));
}
