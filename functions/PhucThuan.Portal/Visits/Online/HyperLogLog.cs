using System.Numerics;
using System.Runtime.InteropServices;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Estimates the number of distinct hashes in constant 16 KiB, with a standard error of 1.04/√16384 = 0.81 %. Hashes
/// must be uniformly distributed, like those of HMAC-SHA-256. Not thread-safe.
/// </summary>
/// <remarks>
/// Uses the improved estimator of Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches"
/// (arXiv:1702.01284, 2017), algorithm 6. It is unbiased for small and medium cardinalities, where the original
/// algorithm needs several formulas and correction tables. The term for saturated registers is omitted: with ranks of
/// up to 51, registers saturate from about 10^18 visitors.
/// </remarks>
internal sealed class HyperLogLog
{
    /// <summary>Four registers of 6 bits in three bytes.</summary>
    public const int PackedBytes = Registers * 6 / 8;

    private const int IndexBits = 14;
    private const int Registers = 1 << IndexBits;

    // Leading zeros of the 50 bits after the index, plus one.
    private const int MaxRank = 64 - IndexBits + 1;

    private readonly byte[] _registers;

    public HyperLogLog() => _registers = new byte[Registers];

    private HyperLogLog(byte[] registers) => _registers = registers;

    /// <exception cref="FormatException">The length is wrong, or a register exceeds the maximum rank.</exception>
    public static HyperLogLog Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.Length != PackedBytes)
        {
            throw new FormatException($"Packed registers take {PackedBytes} bytes, not {packed.Length}.");
        }

        var registers = new byte[Registers];
        for (int from = 0, to = 0; from < packed.Length; from += 3, to += 4)
        {
            var bits = packed[from] | (packed[from + 1] << 8) | (packed[from + 2] << 16);
            for (var i = 0; i < 4; i++)
            {
                registers[to + i] = (byte)((bits >> (6 * i)) & 63);
            }
        }

        return registers.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)MaxRank)
            ? throw new FormatException($"A register is over {MaxRank}.")
            : new HyperLogLog(registers);
    }

    public void Pack(Span<byte> packed)
    {
        for (int from = 0, to = 0; from < Registers; from += 4, to += 3)
        {
            var bits = _registers[from] | (_registers[from + 1] << 6) | (_registers[from + 2] << 12)
                | (_registers[from + 3] << 18);
            packed[to] = (byte)bits;
            packed[to + 1] = (byte)(bits >> 8);
            packed[to + 2] = (byte)(bits >> 16);
        }
    }

    /// <summary>True when a register, and therefore the estimate, has changed.</summary>
    public bool Add(ulong hash)
    {
        // The bit after the 50 bits limits the rank when all of them are zero.
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1);
        ref var register = ref _registers[hash >> (64 - IndexBits)];
        if (rank <= register)
        {
            return false;
        }

        register = rank;
        return true;
    }

    public void Merge(HyperLogLog other)
    {
        var mine = MemoryMarshal.Cast<byte, Vector<byte>>(_registers.AsSpan());
        var others = MemoryMarshal.Cast<byte, Vector<byte>>(other._registers.AsSpan());
        for (var i = 0; i < mine.Length; i++)
        {
            mine[i] = Vector.Max(mine[i], others[i]);
        }
    }

    public double Estimate()
    {
        Span<int> counts = stackalloc int[MaxRank + 1];
        counts.Clear();
        foreach (var register in _registers)
        {
            counts[register]++;
        }

        var sum = 0.0;
        for (var rank = MaxRank; rank >= 1; rank--)
        {
            sum = 0.5 * (sum + counts[rank]);
        }

        sum += Registers * Sigma((double)counts[0] / Registers);
        return Registers / (2 * Math.Log(2)) * Registers / sum;
    }

    /// <summary>x + Σ x^(2^k) 2^(k-1): the estimator's term for registers that are 0.</summary>
    private static double Sigma(double x)
    {
        if (x >= 1)
        {
            return double.PositiveInfinity;
        }

        var (sum, before) = (x, -1.0);
        for (var weight = 1.0; sum > before; weight *= 2)
        {
            x *= x;
            (sum, before) = (sum + (x * weight), sum);
        }

        return sum;
    }
}
