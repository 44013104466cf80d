using System.Buffers.Binary;
using CsCheck;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests.Visits.Online;

[Fast]
public sealed class VisitorSketchTests
{
    /// <summary>
    /// Few enough different visitors for overlapping sketches, and enough for sketches above the exact limit.
    /// </summary>
    private static readonly Gen<ulong[]> Visitors =
        Gen.Int[0, 600].Select(number => SketchHashes.Of(seed: 1, number)).Array[0, 500];

    [Fact]
    public void Order_and_repetition_do_not_matter() => Gen.Select(Visitors, Gen.Int[0, 100]).Sample((visitors, seed) =>
    {
        var shuffled = visitors.Concat(visitors).ToArray();
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(SketchOf(visitors).ToBytes(), SketchOf(shuffled).ToBytes());
    });

    [Fact]
    public void Merging_is_commutative() => Gen.Select(Visitors, Visitors).Sample((a, b) =>
        Assert.Equal(Merge(SketchOf(a), SketchOf(b)).ToBytes(), Merge(SketchOf(b), SketchOf(a)).ToBytes()));

    [Fact]
    public void Merging_is_associative() => Gen.Select(Visitors, Visitors, Visitors).Sample((a, b, c) => Assert.Equal(
        Merge(Merge(SketchOf(a), SketchOf(b)), SketchOf(c)).ToBytes(),
        Merge(SketchOf(a), Merge(SketchOf(b), SketchOf(c))).ToBytes()));

    [Fact]
    public void Merging_is_idempotent_and_changes_only_one_side() => Gen.Select(Visitors, Visitors).Sample((a, b) =>
    {
        var other = SketchOf(b);
        var once = Merge(SketchOf(a), other);
        var bytes = once.ToBytes();

        Assert.Equal(bytes, Merge(once, other).ToBytes());
        Assert.Equal(bytes, Merge(once, once).ToBytes());
        Assert.Equal(SketchOf(b).ToBytes(), other.ToBytes());
    });

    [Fact]
    public void A_merged_sketch_is_that_of_all_visitors() => Gen.Select(Visitors, Visitors).Sample((a, b) =>
    {
        var merged = Merge(SketchOf(a), SketchOf(b));
        var whole = SketchOf([.. a, .. b]);

        Assert.Equal(whole.ToBytes(), merged.ToBytes());
        Assert.Equal(whole.Count(), merged.Count());
        if (a.Union(b).Count() is var count and <= VisitorSketch.ExactLimit)
        {
            Assert.Equal(count, merged.Count());
        }
    });

    [Fact]
    public void Add_returns_whether_anything_changed() => Visitors.Sample(visitors =>
    {
        var sketch = new VisitorSketch();
        foreach (var visitor in visitors)
        {
            var (bytes, count) = (sketch.ToBytes(), sketch.Count());
            if (!sketch.Add(visitor))
            {
                Assert.Equal(bytes, sketch.ToBytes());
                Assert.Equal(count, sketch.Count());
            }
            else
            {
                Assert.NotEqual(bytes, sketch.ToBytes());
                Assert.Equal(VisitorSketch.Parse(sketch.ToBytes()).Count(), sketch.Count());
            }
        }
    }, iter: 10);

    [Fact]
    public void A_sketch_survives_a_round_trip() => Visitors.Sample(visitors =>
    {
        var sketch = SketchOf(visitors);
        var read = VisitorSketch.Parse(sketch.ToBytes());

        Assert.Equal(sketch.Count(), read.Count());
        Assert.Equal(sketch.ToBytes(), read.ToBytes());
    });

    [Fact]
    public void Arbitrary_bytes_are_rejected_or_encode_exactly_one_sketch() =>
        Gen.Select(Gen.Byte[1, 2], Gen.Byte[0, 2], Gen.OneOf(Gen.Byte.Array[0, 40], Gen.Byte[0, 51].Array[12_288]))
            .Sample((version, kind, content) => RequireRefusalOrSketch([version, kind, .. content]));

    [Fact]
    public void Damaged_bytes_are_rejected_or_encode_exactly_one_sketch() =>
        Gen.Select(Visitors, Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 9])
            .Sample(
                (visitors, position, value, cut) =>
                {
                    var bytes = SketchOf(visitors).ToBytes();
                    bytes[position % bytes.Length] = value;
                    RequireRefusalOrSketch(bytes[..Math.Max(0, bytes.Length - cut)]);
                });

    [Fact]
    public void Bytes_that_no_sketch_produces_are_rejected()
    {
        byte[] small = SketchOf([7, 9]).ToBytes(), large = SketchOf(Numbers(300)).ToBytes();
        byte[][] wrong =
        [
            [], [1], [0, 0], [2, .. small[1..]], [1, 2, .. small[2..]],
            small[..^1], [.. small, 0], [1, 0, .. Hash(9), .. Hash(7)], [1, 0, .. Hash(7), .. Hash(7)],
            [1, 0, .. Numbers(257).Order().SelectMany(Hash)],
            large[..^1], [.. large, 0], [1, 1], [.. large[..2], 52, .. large[3..]], [.. large[..^1], 0xFF],
        ];

        Assert.All(wrong, bytes => Assert.Throws<FormatException>(() => VisitorSketch.Parse(bytes)));
        Assert.Throws<FormatException>(() => VisitorSketch.Parse(null));
    }

    [Fact]
    public void A_sketch_fits_a_table_property_however_many_visitors_it_has()
    {
        Assert.Equal(2 + (8 * 256), SketchOf(Numbers(256)).ToBytes().Length);
        Assert.Equal(2 + 12_288, SketchOf(Numbers(257)).ToBytes().Length);
        Assert.Equal(2 + 12_288, SketchOf(Numbers(100_000)).ToBytes().Length);
    }

    [Fact]
    public void An_impossible_sketch_still_has_a_count()
    {
        byte[] full = [1, 1, .. Enumerable.Repeat<byte[]>([0xF3, 0x3C, 0xCF], 4096).SelectMany(three => three)];
        byte[] empty = [1, 1, .. new byte[12_288]];

        Assert.Equal(long.MaxValue, VisitorSketch.Parse(full).Count());
        Assert.Equal(VisitorSketch.ExactLimit + 1, VisitorSketch.Parse(empty).Count());
    }

    private static VisitorSketch SketchOf(IEnumerable<ulong> visitors)
    {
        var sketch = new VisitorSketch();
        foreach (var visitor in visitors)
        {
            sketch.Add(visitor);
        }

        return sketch;
    }

    /// <summary>Merges into the first sketch, whose count is cached by then, and returns it.</summary>
    private static VisitorSketch Merge(VisitorSketch first, VisitorSketch second)
    {
        first.Count();
        first.Merge(second);
        return first;
    }

    private static IEnumerable<ulong> Numbers(int count) =>
        Enumerable.Range(0, count).Select(number => SketchHashes.Of(seed: 2, number));

    private static byte[] Hash(ulong visitor)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, visitor);
        return bytes;
    }

    private static void RequireRefusalOrSketch(byte[] bytes)
    {
        try
        {
            var sketch = VisitorSketch.Parse(bytes);
            Assert.Equal(bytes, sketch.ToBytes());
            Assert.True(sketch.Count() >= 0);
        }
        catch (FormatException)
        {
            // Rejected, as expected.
        }
    }
}
