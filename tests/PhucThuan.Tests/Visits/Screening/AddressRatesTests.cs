using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Tests.Visits.Screening;

[Fast]
public sealed class AddressRatesTests
{
    private static readonly IPAddress Address = IPAddress.Parse("203.0.113.7");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 5, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_address_is_admitted_up_to_the_rate_in_each_minute()
    {
        var rates = CreateRates(rate: 300);

        Assert.Equal(300, Admitted(rates, tries: 1000));
        _clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.Equal(0, Admitted(rates, tries: 1));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(300, Admitted(rates, tries: 1000));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.7", "::ffff:203.0.113.8", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "203.0.113.7", false)]
    public void One_subscriber_shares_one_rate(string? first, string? second, bool same)
    {
        var rates = CreateRates(rate: 1);
        Assert.True(rates.Admits(Parse(first)));

        Assert.Equal(!same, rates.Admits(Parse(second)));
    }

    [Fact]
    public void Concurrent_requests_do_not_exceed_the_rate()
    {
        var rates = CreateRates(rate: 50_000);
        var admitted = 0;

        Parallel.For(0, 8, _ => Interlocked.Add(ref admitted, Admitted(rates, tries: 10_000)));

        Assert.Equal(50_000, admitted);
    }

    [Fact]
    public void When_the_memory_is_full_the_counts_are_reset()
    {
        var rates = CreateRates(rate: 1);
        Assert.True(rates.Admits(Address));
        for (var other = 1; other < 100_000; other++)
        {
            Assert.False(rates.Admits(Address));
            Assert.True(rates.Admits(new IPAddress(BitConverter.GetBytes(0x0A000000 + other))));
        }

        Assert.True(rates.Admits(Address));
    }

    private static IPAddress? Parse(string? address) => address is null ? null : IPAddress.Parse(address);

    private static int Admitted(AddressRates rates, int tries) =>
        Enumerable.Range(0, tries).Count(_ => rates.Admits(Address));

    private AddressRates CreateRates(int rate) => new(_clock, Options.Create(new VisitOptions { AddressRate = rate }));
}
