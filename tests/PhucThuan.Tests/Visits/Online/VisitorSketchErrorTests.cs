using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests.Visits.Online;

/// <summary>Estimates compared with true numbers of visitors. Fixed seeds make the results deterministic.</summary>
public sealed class VisitorSketchErrorTests(ITestOutputHelper output)
{
    /// <summary>1.04/√16384.</summary>
    private const double StandardError = 0.008125;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(50)]
    public void Up_to_256_visitors_are_counted_exactly_however_many_instances_saw_them(int instances)
    {
        for (var visitors = 0; visitors <= VisitorSketch.ExactLimit; visitors++)
        {
            Assert.Equal(visitors, Merge(See(visitors, instances, seed: visitors)).Count());
        }
    }

    // 40960 and 81920 are 2.5 and 5 times the registers, where the original estimator is at its worst.
    [Theory]
    [InlineData(257, 200)]
    [InlineData(300, 200)]
    [InlineData(1_000, 200)]
    [InlineData(5_000, 100)]
    [InlineData(16_384, 100)]
    [InlineData(40_960, 100)]
    [InlineData(60_000, 100)]
    [InlineData(81_920, 100)]
    [InlineData(250_000, 50)]
    [InlineData(1_000_000, 30)]
    public void Above_256_visitors_the_error_is_at_most_one_percent_without_bias(int visitors, int seeds)
    {
        var errors = new double[seeds];
        Parallel.For(0, seeds, seed =>
        {
            var sketch = new VisitorSketch();
            for (var visitor = 0; visitor < visitors; visitor++)
            {
                sketch.Add(SketchHashes.Of(seed, visitor));
            }

            errors[seed] = ((double)sketch.Count() / visitors) - 1;
        });

        var rms = Math.Sqrt(errors.Average(error => error * error));
        var mean = errors.Average();
        var worst = errors.Max(Math.Abs);
        output.WriteLine($"{visitors} visitors, {seeds} seeds: RMS {rms:P3}, mean {mean:P3}, worst {worst:P3}");
        Assert.InRange(rms, 0, 0.01);
        Assert.InRange(worst, 0, 4 * StandardError);

        // The last term allows a bias of one visitor: a sketch above the exact limit has at least 257, so the estimate
        // of 257 is never too low.
        Assert.InRange(Math.Abs(mean), 0, (3 * StandardError / Math.Sqrt(seeds)) + (1.0 / visitors));
    }

    [Theory]
    [InlineData(257, 50)]
    [InlineData(1_000, 1)]
    [InlineData(1_000, 50)]
    [InlineData(20_000, 7)]
    [InlineData(100_000, 2)]
    [InlineData(100_000, 50)]
    [InlineData(1_000_000, 1)]
    [InlineData(1_000_000, 10)]
    [InlineData(1_000_000, 50)]
    public void Many_instances_estimate_the_same_number_as_one(int visitors, int instances)
    {
        var sketches = See(visitors, instances, seed: instances);
        var merged = Merge(sketches);
        Array.Reverse(sketches);

        Assert.Equal(See(visitors, 1, seed: instances)[0].ToBytes(), merged.ToBytes());
        Assert.Equal(merged.ToBytes(), Merge(sketches).ToBytes());
        Assert.InRange(merged.Count(), visitors * (1 - (4 * StandardError)), visitors * (1 + (4 * StandardError)));
    }

    /// <summary>Adds each visitor to one to three instances.</summary>
    private static VisitorSketch[] See(int visitors, int instances, int seed)
    {
        var random = new Random(seed);
        var sketches = Enumerable.Range(0, instances).Select(_ => new VisitorSketch()).ToArray();
        for (var visitor = 0; visitor < visitors; visitor++)
        {
            for (var sightings = random.Next(1, 4); sightings > 0; sightings--)
            {
                sketches[random.Next(instances)].Add(SketchHashes.Of(seed, visitor));
            }
        }

        return sketches;
    }

    /// <summary>Merges serialised sketches, like instances, which read them from storage.</summary>
    private static VisitorSketch Merge(IEnumerable<VisitorSketch> sketches)
    {
        var merged = new VisitorSketch();
        foreach (var sketch in sketches)
        {
            merged.Merge(VisitorSketch.Parse(sketch.ToBytes()));
        }

        return merged;
    }
}
