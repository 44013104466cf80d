using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PhucThuan.LocalHost;
using PhucThuan.Portal.Health;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Tests.Visits;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Telemetry;

/// <summary>Measurements of a portal that serves readers.</summary>
public sealed partial class PortalMetricsTests : IClassFixture<PortalFixture>, IDisposable
{
    private readonly PortalFixture _portal;
    private readonly Measurements _measured;

    public PortalMetricsTests(PortalFixture portal)
    {
        _portal = portal;
        _measured = new Measurements(portal.Host.Services.GetRequiredService<IMeterFactory>());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _measured.Dispose();

    [Fact]
    public async Task A_view_is_measured_with_its_outcome_and_its_commit()
    {
        await Caller.NewReader(_portal.Client).ViewAsync(TestArticle.Slug, "?visit=true");
        await Caller.NewReader(_portal.Client).ViewAsync(TestArticle.Slug, "?webdriver=true");
        await Caller.NewReader(_portal.Client).ViewAsync("khong-co-bai-nay");
        await Caller.NewReader(_portal.Client, ("Sec-Fetch-Site", "cross-site")).ViewAsync(TestArticle.Slug);

        Assert.Equal(1, _measured.Sum("portal.views", "outcome=counted"));
        Assert.Equal(1, _measured.Sum("portal.views", "outcome=bot"));
        Assert.Equal(1, _measured.Sum("portal.views", "outcome=unknown"));
        Assert.Equal(1, _measured.Sum("portal.views", "outcome=foreign"));
        await Eventually.AssertAsync(() =>
        {
            Assert.Equal(1, _measured.Sum("portal.commit.views"));
            Assert.InRange(_measured.Count("portal.commit.duration", "outcome=stored"), 1, 4);
            Assert.True(_measured.Sum("portal.commit.attempts") >= 1);
            Assert.InRange(
                _measured.Count("portal.storage.duration", "service=table", "operation=batch", "outcome=ok"), 1, 4);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Pages_hit_or_miss_their_cache_and_the_catalogue_has_an_age()
    {
        var before = CacheHits();
        for (var page = 0; page < 3; page++)
        {
            using var answer = await _portal.Client.GetAsync("bai-viet/" + TestArticle.Slug, Cancellation);
            answer.EnsureSuccessStatusCode();
        }

        Assert.InRange(CacheHits() - before, 2, 3);
        Assert.True(_measured.Sum("portal.cache.size", "cache=article-pages") > 1000);

        // The first request may return before the index can be searched.
        await Eventually.AssertAsync(async () =>
        {
            using var search = await _portal.Client.GetAsync("tim-kiem?q=thon", Cancellation);
            search.EnsureSuccessStatusCode();
            Assert.Equal(1, _measured.Count("portal.search.duration"));
        });
        Assert.True(_measured.Count("portal.catalogue.age") > 0);
        Assert.InRange(_measured.Sum("portal.catalogue.age"), 0, 300);

        double CacheHits()
        {
            using var now = new Measurements(_portal.Host.Services.GetRequiredService<IMeterFactory>());
            now.Observe();
            _measured.Observe();
            return now.Sum("portal.cache.hits", "cache=article-pages");
        }
    }

    [Fact]
    public async Task A_view_that_storage_rejects_is_measured_as_refused_with_its_attempts()
    {
        var clock = new FakeTimeProvider();
        var metrics = TestMetrics.Create(clock, out var meters);
        using var measured = new Measurements(meters);
        var options = new TableClientOptions { Transport = new LossyTransport(() => TransportFault.RequestLost) };
        options.Retry.MaxRetries = 0;
        var counter = TestCounter.Create(
            new TableServiceClient(_portal.Storage.ConnectionString, options), clock, metrics: metrics);

        var view = counter.CountAsync(new Visit("bai", new DateOnly(2026, 11, 26), true));
        measured.Observe();
        await Eventually.AssertAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(view.IsCompleted);
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => view);
        Assert.Equal(1, measured.Sum("portal.view.refusals", "reason=storage"));
        Assert.Equal(1, measured.Count("portal.commit.duration", "outcome=refused"));
        Assert.Equal(1, measured.Count("portal.queue.views"));
    }

    [Fact]
    public async Task The_hourly_timer_is_measured()
    {
        await _portal.Host.Services.GetRequiredService<Housekeeping>().RunAsync(Cancellation);

        Assert.Equal(1, _measured.Sum("portal.housekeeping.runs", "outcome=succeeded"));
    }

    /// <summary>Random addresses, methods and agents: none of them may become a time series.</summary>
    [Fact]
    public async Task Tag_values_are_those_that_the_documentation_lists()
    {
        foreach (var random in Enumerable.Range(0, 20).Select(_ => Guid.NewGuid().ToString("N")))
        {
            foreach (
                var path in new[]
                {
                    "bai-viet/",
                    "api/visits/",
                    "tim-kiem?q=",
                    "media/",
                    "chuyen-muc/",
                    "ban-bien-tap/",
                    "",
                })
            {
                using var answer = await _portal.Client.GetAsync(path + random, Cancellation);
            }

            await new Caller(_portal.Client, "agent-" + random).ViewAsync(random, "?from=" + random + ".example");
        }

        _measured.Observe();
        var documented = Documented().ToDictionary(each => each.Name, each => each.Tags);
        Assert.All(_measured.All, measured => Assert.All(
            measured.Tags, tag => Assert.Contains(tag, documented[measured.Instrument])));
        Assert.Contains(_measured.All, measured => measured.Tags.Count > 1);
    }

    [Fact]
    public void The_documentation_has_every_instrument_with_its_kind_and_unit() => Assert.Equal(
        _measured.Instruments
            .Select(instrument => $"{instrument.Name} {KindOf(instrument)} {instrument.Unit}")
            .Order(StringComparer.Ordinal),
        Documented().Select(each => $"{each.Name} {each.Kind} {each.Unit}").Order(StringComparer.Ordinal));

    [Fact]
    public void Without_a_setting_nothing_is_exported_and_no_exporter_starts()
    {
        Assert.Null(_portal.Host.Services.GetService<MeterProvider>());
        Assert.Null(_portal.Host.Services.GetService<TracerProvider>());
    }

    private static string KindOf(Instrument instrument) =>
        Kind()
            .Match(instrument.GetType().Name.Replace("Observable", "", StringComparison.Ordinal))
            .Value.ToLowerInvariant();

    private static IEnumerable<(string Name, string Kind, string Unit, IReadOnlyList<string> Tags)> Documented()
    {
        var document = File.ReadAllText(Path.Combine(LocalHostCommand.Folder("Samples"), "../../../docs/telemetry.md"));
        return Row().Matches(document).Select(row => (
            row.Groups[1].Value,
            row.Groups[2].Value,
            row.Groups[3].Value,
            (IReadOnlyList<string>)[.. TagList().Matches(row.Groups[4].Value).SelectMany(list => Quoted()
                .Matches(list.Groups[2].Value)
                .Select(value => $"{list.Groups[1].Value}={value.Groups[1].Value}"))]));
    }

    [GeneratedRegex("^[A-Z][a-z]+")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^\| `(portal\.[^`]+)` \| (\w+) \| `([^`]+)` \|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`: ([^;|]*)")]
    private static partial Regex TagList();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
