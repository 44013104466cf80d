using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Tests.Visits.Online;

namespace PhucThuan.Tests.Visits.Screening;

public sealed class RecentVisitorsTests
{
    private const string Slug = "bai-viet";

    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly RecentVisitors _recent;

    public RecentVisitorsTests() => _recent = new RecentVisitors(_clock);

    [Fact]
    public void A_view_is_a_repeat_for_exactly_half_an_hour()
    {
        Assert.NotNull(Begin(visitor: 1));

        _clock.Advance(HalfHour - Tick);
        Assert.Null(Begin(visitor: 1));

        _clock.Advance(Tick);
        Assert.NotNull(Begin(visitor: 1));
    }

    [Fact]
    public void A_visitor_who_was_away_for_half_an_hour_begins_a_visit()
    {
        Assert.True(Begin(1, "a")!.StartsVisit);
        _clock.Advance(HalfHour - Tick);
        Assert.False(Begin(1, "b")!.StartsVisit);
        _clock.Advance(HalfHour - Tick);
        Assert.False(Begin(1, "c")!.StartsVisit);
        _clock.Advance(HalfHour);
        Assert.True(Begin(1, "d")!.StartsVisit);
    }

    [Fact]
    public void Visitors_and_articles_are_distinguished()
    {
        Assert.NotNull(Begin(1, "a"));
        Assert.NotNull(Begin(2, "a"));
        Assert.NotNull(Begin(1, "b"));
        Assert.Null(Begin(1, "a"));
        Assert.Null(Begin(2, "a"));
    }

    [Fact]
    public void A_view_is_remembered_for_half_an_hour_at_any_time()
    {
        // The generations change within this hour.
        for (var minute = 0; minute < 60; minute++)
        {
            var (clock, slug) = (new FakeTimeProvider(), $"bai-{minute}");
            var recent = new RecentVisitors(clock);
            Pass(clock, recent, TimeSpan.FromMinutes(minute));
            Assert.True(recent.TryBegin(OnlineInstance.RequestOf(1), slug)!.StartsVisit);

            Pass(clock, recent, HalfHour - Tick);
            Assert.Null(recent.TryBegin(OnlineInstance.RequestOf(1), slug));

            Pass(clock, recent, Tick);
            Assert.NotNull(recent.TryBegin(OnlineInstance.RequestOf(1), slug));
        }

        // Another visitor comes every minute.
        static void Pass(FakeTimeProvider clock, RecentVisitors recent, TimeSpan time)
        {
            for (; time > TimeSpan.Zero; time -= TimeSpan.FromMinutes(1))
            {
                clock.Advance(time < TimeSpan.FromMinutes(1) ? time : TimeSpan.FromMinutes(1));
                recent.TryBegin(OnlineInstance.RequestOf(2), Slug);
            }
        }
    }

    [Fact]
    public void When_memory_is_full_the_oldest_entries_are_evicted()
    {
        // A visitor has two entries, one for the visitor and one for the view; a generation holds 100,000 entries.
        // After two and a half generations, the entries of the last one and a half are known.
        const int Generation = 50_000;
        const int Visitors = 5 * Generation / 2;
        for (var visitor = 0; visitor < Visitors; visitor++)
        {
            Assert.NotNull(Begin(visitor));
        }

        Assert.Null(Begin(Visitors - 1));
        Assert.Null(Begin(2 * Generation));
        Assert.Null(Begin(Generation));
        Assert.True(Begin(Generation - 1)!.StartsVisit);
        Assert.True(Begin(0)!.StartsVisit);
    }

    [Fact]
    public void Of_concurrent_requests_one_is_the_first()
    {
        const int Visitors = 5_000;
        var (views, visits) = (0, 0);

        Parallel.For(0, 8, _ =>
        {
            for (var visitor = 0; visitor < Visitors; visitor++)
            {
                if (Begin(visitor) is { } view)
                {
                    Interlocked.Increment(ref views);
                    Interlocked.Add(ref visits, view.StartsVisit ? 1 : 0);
                }
            }
        });

        Assert.Equal((Visitors, Visitors), (views, visits));
    }

    [Fact]
    public void An_undone_view_is_a_first_view_again()
    {
        _recent.Undo(Begin(1)!);

        Assert.True(Begin(1)!.StartsVisit);
    }

    [Fact]
    public void Undoing_a_view_keeps_the_visit_that_began_before_it()
    {
        Begin(1, "a");
        _recent.Undo(Begin(1, "b")!);

        Assert.False(Begin(1, "b")!.StartsVisit);
        Assert.Null(Begin(1, "a"));
    }

    [Fact]
    public void A_view_can_be_undone_after_the_generations_changed()
    {
        _clock.Advance(HalfHour - Tick);
        var view = Begin(1)!;
        _clock.Advance(Tick);
        Begin(2);

        _recent.Undo(view);

        Assert.True(Begin(1)!.StartsVisit);
    }

    private RecentView? Begin(int visitor, string slug = Slug) =>
        _recent.TryBegin(OnlineInstance.RequestOf(visitor), slug);
}
