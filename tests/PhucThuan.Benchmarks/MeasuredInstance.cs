using System.Diagnostics.Metrics;
using System.Net;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Online;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Benchmarks;

/// <summary>
/// One instance of the portal, reduced to its table operations for a view and the numbers in the response.
/// </summary>
internal sealed class MeasuredInstance : IDisposable
{
    /// <summary>The ledger is fresh for five minutes.</summary>
    private const int LedgerMinutes = 5;

    private readonly FusionCache _cache = new(new FusionCacheOptions());
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly TimeProvider _clock;
    private readonly VisitCounter _counter;
    private readonly VisitReader _reader;
    private readonly VisitLedger _ledger;
    private readonly OnlineVisitors _online;
    private readonly FormerReader _former;
    private int _visits;

    public MeasuredInstance(string storage, MeasuredTraffic traffic, TimeProvider clock)
    {
        _clock = clock;
        var (counters, others, known) = (
            ClientOf(storage, traffic.Counters), ClientOf(storage, traffic.Others), new KnownCounts());
        var metrics = new PortalMetrics(_meters.GetRequiredService<IMeterFactory>(), clock);
        var registry = new PartitionRegistry(counters, metrics, clock, NullLogger<PartitionRegistry>.Instance);
        var watch = new PartitionWatch(counters, registry, known, clock);
        _counter = new VisitCounter(counters, registry, known, metrics, clock, NullLogger<VisitCounter>.Instance);
        _reader = new VisitReader(counters, watch, known, metrics, clock, NullLogger<VisitReader>.Instance);
        _ledger = new VisitLedger(others, _cache);
        _online = new OnlineVisitors(
            new VisitorKeys(others, clock),
            others,
            clock,
            NullLogger<OnlineVisitors>.Instance);
        _former = new FormerReader(ClientOf(storage, traffic.Former).GetTableClient(VisitTable.Name), clock);
    }

    public Task StartAsync() => _online.StartAsync(CancellationToken.None);

    public Task StopAsync() => _online.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _online.Dispose();
        _cache.Dispose();
        _meters.Dispose();
    }

    public async Task VisitAsync(int reader, string slug, DateOnly day)
    {
        await CountAsync(new Visit(slug, day, true, Guid.NewGuid().ToString("N")));
        foreach (var row in new[] { VisitTable.SiteRow, VisitTable.DayRow(day), VisitTable.ArticleRow(slug) })
        {
            _ = (await _reader.ReadAsync(row, CancellationToken.None)).Sum();
            await _former.ReadAsync(row);
        }

        if (_clock is FakeTimeProvider && _visits++ % LedgerMinutes == 0)
        {
            // The cache does not use the fake clock, on which the ledger's entry has expired.
            await _cache.ClearAsync();
        }

        await _ledger.ReadAsync(CancellationToken.None);
        _online.See(RequestOf(reader));
        await _online.CountAsync();
    }

    /// <summary>Retries a refused view, like browsers do. A busy machine may exceed the timeout of a commit.</summary>
    private async Task CountAsync(Visit visit)
    {
        while (true)
        {
            try
            {
                await _counter.CountAsync(visit);
                return;
            }
            catch (StorageUnavailableException)
            {
                // Retry; the operations of all attempts are counted.
            }
        }
    }

    private static HttpRequest RequestOf(int reader) => new DefaultHttpContext
    {
        Connection = { RemoteIpAddress = new IPAddress(BitConverter.GetBytes(0x0A000000 + reader)) },
        Request = { Headers = { UserAgent = "Firefox" } },
    }.Request;

    private static TableServiceClient ClientOf(string storage, StorageTraffic traffic)
    {
        var options = new TableClientOptions { Transport = traffic };
        options.Retry.MaxRetries = 0;
        return new TableServiceClient(storage, options);
    }
}

/// <summary>Traffic by purpose.</summary>
internal sealed class MeasuredTraffic : IDisposable
{
    /// <summary>The counter, and the reader of counters.</summary>
    public StorageTraffic Counters { get; } = new();

    /// <summary>Ledger and visitors online.</summary>
    public StorageTraffic Others { get; } = new();

    public StorageTraffic Former { get; } = new();

    /// <summary>Waits for background operations.</summary>
    public async Task SettleAsync()
    {
        await Counters.SettleAsync();
        await Others.SettleAsync();
    }

    public void Dispose()
    {
        Counters.Dispose();
        Others.Dispose();
        Former.Dispose();
    }
}
