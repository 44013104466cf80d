using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests.Visits.Online;

[Fast]
public sealed class OnlineWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, VietnamTime.Zone.BaseUtcOffset);

    private static readonly VisitorKeyId Today = new(new DateOnly(2026, 11, 24), Shared: true);

    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly OnlineWindow _window;

    public OnlineWindowTests() => _window = new OnlineWindow(_clock);

    [Theory]
    [InlineData(0, 360)]
    [InlineData(1, 359)]
    [InlineData(30, 330)]
    [InlineData(59, 301)]
    public void A_visitor_is_counted_for_five_minutes_at_least_and_for_six_at_most(int secondOfMinute, int seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(secondOfMinute));
        _window.Add(Today, 1);
        for (var second = 0; second < seconds; second++)
        {
            Assert.Equal(1, _window.Count());
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, _window.Count());
    }

    [Fact]
    public void A_returning_visitor_is_counted_once_and_for_longer()
    {
        for (var minute = 0; minute < 20; minute++)
        {
            _window.Add(Today, 1);
            _window.Merge(_clock.GetUtcNow(), Today, SketchOf(1, 2));
            Assert.Equal(2, _window.Count());
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Merged_minutes_expire_like_own_minutes()
    {
        for (var age = 0; age < 6; age++)
        {
            _window.Merge(Noon.AddMinutes(-age), Today, SketchOf((ulong)age));
        }

        for (var left = 6; left >= 0; left--)
        {
            Assert.Equal(left, _window.Count());
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Minutes_outside_the_window_are_not_merged()
    {
        _window.Merge(Noon.AddMinutes(-6), Today, SketchOf(1));
        _window.Merge(Noon.AddMinutes(2), Today, SketchOf(2));
        _window.Merge(Noon, Today with { Day = Today.Day.AddDays(1) }, SketchOf(3));
        _window.Merge(Noon, Today with { Day = Today.Day.AddDays(-2) }, SketchOf(4));
        Assert.Equal(0, _window.Count());

        // A minute from an instance whose clock is slightly ahead is accepted.
        _window.Merge(Noon.AddMinutes(1), Today, SketchOf(5));
        Assert.Equal(1, _window.Count());
    }

    [Fact]
    public void Visitors_under_two_keys_are_not_added_up()
    {
        var yesterday = Today with { Day = Today.Day.AddDays(-1) };
        for (ulong visitor = 0; visitor < 10; visitor++)
        {
            _window.Add(yesterday, visitor);
            _window.Add(Today, 1000 + visitor);
        }

        _window.Add(Today, 5000);

        Assert.Equal(11, _window.Count());
    }

    [Fact]
    public void Only_sketches_that_others_can_use_and_lack_are_written()
    {
        _window.Add(Today with { Shared = false }, 1);
        Assert.Empty(_window.Changed());

        _window.Add(Today, 1);
        var written = Assert.Single(_window.Changed());
        Assert.Equal((Noon, Today), (written.Minute, written.Key));
        Assert.Equal(SketchOf(1).ToBytes(), written.Sketch);

        // A visitor who comes during the write is not lost.
        _window.Add(Today, 2);
        _window.Written([written]);
        Assert.Equal(SketchOf(1, 2).ToBytes(), Assert.Single(_window.Changed()).Sketch);
        _window.Written(_window.Changed());
        Assert.Empty(_window.Changed());

        _window.Add(Today, 2);
        Assert.Empty(_window.Changed());
    }

    [Fact]
    public void Requests_of_known_visitors_are_written_with_the_next_new_visitor()
    {
        _window.Add(Today, 1);
        _window.Written(_window.Changed());

        _clock.Advance(TimeSpan.FromMinutes(1));
        _window.Add(Today, 1);
        Assert.Empty(_window.Changed());

        _window.Add(Today, 2);
        Assert.Equal(SketchOf(1, 2).ToBytes(), Assert.Single(_window.Changed()).Sketch);
    }

    [Fact]
    public void Other_instances_do_not_lose_a_visitor_who_comes_every_minute()
    {
        var clock = new FakeTimeProvider(Noon);
        var (own, other) = (new OnlineWindow(clock), new OnlineWindow(clock));
        for (var minute = 0; minute < 30; minute++)
        {
            own.Add(Today, 1);
            for (var turn = 0; turn < 6; turn++)
            {
                // Every third write fails.
                if ((turn + minute) % 3 != 0)
                {
                    var changed = own.Changed();
                    changed.ToList().ForEach(row => other.Merge(row.Minute, row.Key, VisitorSketch.Parse(row.Sketch)));
                    own.Written(changed);
                    Assert.Equal(1, other.Count());
                }

                clock.Advance(TimeSpan.FromSeconds(10));
            }
        }
    }

    [Fact]
    public void The_last_request_of_a_visitor_who_leaves_is_written()
    {
        _window.Add(Today, 1);
        _window.Written(_window.Changed());
        _clock.Advance(TimeSpan.FromMinutes(2));
        _window.Add(Today, 1);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Noon.AddMinutes(2), Assert.Single(_window.Changed()).Minute);
        Assert.Single(_window.Changed()); // the first write failed
    }

    [Fact]
    public void After_a_long_time_without_writes_the_next_visitor_is_written_at_once()
    {
        _window.Add(Today, 1);
        _window.Written(_window.Changed());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_window.Changed());

        _window.Add(Today, 1);
        Assert.Single(_window.Changed());
    }

    [Fact]
    public void Memory_is_bounded_however_many_visitors_there_are()
    {
        for (var visitor = 0; visitor < 300_000; visitor++)
        {
            if (visitor % 20_000 == 0)
            {
                _clock.Advance(TimeSpan.FromMinutes(1));
            }

            _window.Add(Today, SketchHashes.Of(seed: 3, visitor));
        }

        Assert.InRange(_window.Count(), 120_000 * 0.97, 120_000 * 1.03);
        Assert.InRange(_window.Changed().Sum(row => row.Sketch.Length), 1, 6 * 12_290);
    }

    private static VisitorSketch SketchOf(params ReadOnlySpan<ulong> visitors)
    {
        var sketch = new VisitorSketch();
        foreach (var visitor in visitors)
        {
            sketch.Add(visitor);
        }

        return sketch;
    }
}
