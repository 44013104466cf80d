using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Tests.Visits;

public sealed class OnlineVisitorsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_visitor_is_online_once_and_for_five_minutes_after_the_last_sign()
    {
        var online = new OnlineVisitors(_clock);
        online.See(1);
        online.See(1);
        online.See(2);
        Assert.Equal(2, online.Count());

        _clock.Advance(TimeSpan.FromMinutes(3));
        online.See(1);
        _clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(2, online.Count());

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, online.Count());

        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(0, online.Count());
    }

    [Fact]
    public void Memory_is_bounded()
    {
        var online = new OnlineVisitors(_clock);

        for (ulong visitor = 0; visitor < 150_000; visitor++)
        {
            online.See(visitor);
        }

        Assert.Equal(100_000, online.Count());
    }
}
