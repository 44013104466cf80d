using System.Diagnostics.Metrics;
using Microsoft.Extensions.Caching.Memory;

namespace PhucThuan.Portal.Telemetry;

/// <summary>
/// Metrics of the portal, see docs/telemetry.md. Tags have few, fixed values, because each combination is a time series
/// whose data points of each minute are billed.
/// </summary>
public sealed class PortalMetrics
{
    public const string MeterName = "PhucThuan.Portal";

    /// <summary>Buckets in seconds. A commit takes about 10 ms; one that times out takes five seconds.</summary>
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>Buckets for the views in a commit: it has at most 99 rows, and each view takes at least one.</summary>
    private static readonly InstrumentAdvice<int> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100],
    };

    private static readonly InstrumentAdvice<int> FewTimes = new() { HistogramBucketBoundaries = [1, 2, 3, 5, 10] };

    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Counter<long> _views;
    private readonly Counter<long> _refusals;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _commitViews;
    private readonly Histogram<int> _commitAttempts;
    private readonly Counter<long> _hops;
    private readonly Counter<long> _damagedRows;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _searchDuration;
    private readonly Histogram<double> _storageDuration;
    private readonly Counter<long> _housekeepings;
    private readonly List<(string Name, MemoryCache Cache)> _caches = [];
    private long _catalogueChecked;

    public PortalMetrics(IMeterFactory meters, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _clock = clock;
        _meter = meters.Create(MeterName);
        _views = _meter.CreateCounter<long>("portal.views", "{view}", "Views by outcome.");
        _refusals = _meter.CreateCounter<long>("portal.view.refusals", "{view}", "Views that were not stored.");
        _commitDuration = _meter.CreateHistogram(
            "portal.commit.duration", "s", "From the start of a commit until its outcome is known.", advice: Durations);
        _commitViews = _meter.CreateHistogram("portal.commit.views", "{view}", "Views in a commit.", advice: Sizes);
        _commitAttempts = _meter.CreateHistogram(
            "portal.commit.attempts",
            "{attempt}",
            "Transactions until a commit's outcome was known.",
            advice: FewTimes);
        _hops = _meter.CreateCounter<long>(
            "portal.commit.hops",
            "{hop}",
            "Moves to another partition after a conflict.");
        _damagedRows = _meter.CreateCounter<long>("portal.damaged_rows", "{row}", "Reads of damaged rows.");
        _failures = _meter.CreateCounter<long>("portal.request.failures", "{request}", "Requests that got 500 or 503.");
        _searchDuration = _meter.CreateHistogram(
            "portal.search.duration",
            "s",
            "Queries of the search index.",
            advice: Durations);
        _storageDuration = _meter.CreateHistogram(
            "portal.storage.duration", "s", "Attempts of requests to storage.", advice: Durations);
        _housekeepings = _meter.CreateCounter<long>("portal.housekeeping.runs", "{run}", "Runs of the hourly timer.");
        _meter.CreateObservableCounter(
            "portal.cache.hits",
            () => ObserveCaches(statistics => statistics.TotalHits),
            "{request}",
            "Cache hits.");
        _meter.CreateObservableCounter(
            "portal.cache.misses",
            () => ObserveCaches(statistics => statistics.TotalMisses),
            "{request}",
            "Cache misses.");
        _meter.CreateObservableGauge(
            "portal.cache.size",
            () => ObserveCaches(statistics => statistics.CurrentEstimatedSize ?? 0), "By", "Bytes in memory.");
        _meter.CreateObservableGauge(
            "portal.catalogue.age", ObserveCatalogue, "s", "Since the last comparison with the container.");
    }

    /// <param name="outcome"><c>counted</c>, <c>refused</c>, or the name of the screening step that dropped it.</param>
    public void View(string outcome) => _views.Add(1, Tag("outcome", outcome));

    /// <param name="reason"><c>queue_full</c> or <c>storage</c>.</param>
    public void Refuse(int views, string reason) => _refusals.Add(views, Tag("reason", reason));

    public void Commit(TimeSpan duration, int views, int attempts, bool succeeded)
    {
        _commitDuration.Record(duration.TotalSeconds, Tag("outcome", succeeded ? "stored" : "refused"));
        _commitViews.Record(views);
        _commitAttempts.Record(attempts);
    }

    public void Hop() => _hops.Add(1);

    public void DamagedRow() => _damagedRows.Add(1);

    /// <param name="kind"><c>storage</c> (503) or <c>unhandled</c> (500).</param>
    public void Fail(string kind) => _failures.Add(1, Tag("error.type", kind));

    public void Search(TimeSpan duration) => _searchDuration.Record(duration.TotalSeconds);

    /// <param name="service"><c>blob</c> or <c>table</c>.</param>
    /// <param name="operation">See <see cref="Storage.StorageMeasurement.OperationOf"/>.</param>
    /// <param name="outcome">See <see cref="Storage.StorageMeasurement.OutcomeOf"/>.</param>
    public void Storage(string service, string operation, string outcome, TimeSpan duration) =>
        _storageDuration.Record(
            duration.TotalSeconds, Tag("service", service), Tag("operation", operation), Tag("outcome", outcome));

    public void Housekeeping(bool succeeded) =>
        _housekeepings.Add(1, Tag("outcome", succeeded ? "succeeded" : "failed"));

    /// <param name="views">Returns the number of views that wait for a commit.</param>
    /// <param name="age">Returns how long the oldest of them has waited.</param>
    public void ObserveQueue(Func<int> views, Func<TimeSpan> age)
    {
        _meter.CreateObservableGauge("portal.queue.views", views, "{view}", "Views that wait for a commit.");
        _meter.CreateObservableGauge(
            "portal.queue.age", () => age().TotalSeconds, "s", "Waiting time of the oldest view.");
    }

    /// <summary>This instance has compared its catalogue with the container.</summary>
    public void CatalogueChecked() => Interlocked.Exchange(ref _catalogueChecked, _clock.GetTimestamp());

    /// <param name="cache">Must track statistics.</param>
    public void ObserveCache(string name, MemoryCache cache)
    {
        lock (_caches)
        {
            _caches.Add((name, cache));
        }
    }

    /// <summary>Empty before the first comparison.</summary>
    private IEnumerable<Measurement<double>> ObserveCatalogue() =>
        Interlocked.Read(ref _catalogueChecked) is var checkedAt and not 0
            ? [new(_clock.GetElapsedTime(checkedAt).TotalSeconds)]
            : [];

    private List<Measurement<long>> ObserveCaches(Func<MemoryCacheStatistics, long> read)
    {
        lock (_caches)
        {
            return [.. _caches
                .Select(each => (each.Name, Statistics: each.Cache.GetCurrentStatistics()))
                .Where(each => each.Statistics is not null)
                .Select(each => new Measurement<long>(read(each.Statistics!), Tag("cache", each.Name)))];
        }
    }

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
