using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>Counter and reader of one instance of the portal, on real storage.</summary>
internal sealed class TestInstance : IDisposable
{
    private readonly ErrorLog _log = new();
    private readonly VisitReader _reader;

    public TestInstance(string storage, TimeProvider clock)
    {
        var options = new TableClientOptions { Transport = Traffic };
        options.Retry.MaxRetries = 0;
        var tables = new TableServiceClient(storage, options);
        var known = new KnownCounts();
        var registry = new PartitionRegistry(tables, TestMetrics.None, clock, NullLogger<PartitionRegistry>.Instance);
        Counter = new VisitCounter(tables, registry, known, TestMetrics.None, clock, _log);
        _reader = new VisitReader(
            tables, new PartitionWatch(tables, registry, known, clock), known, TestMetrics.None, clock,
            NullLogger<VisitReader>.Instance);
    }

    public TableTraffic Traffic { get; } = new();

    public VisitCounter Counter { get; }

    public async Task<Counts> ReadAsync(string rowKey) =>
        (await _reader.ReadAsync(rowKey, TestContext.Current.CancellationToken)).Sum();

    public async Task<Counts> ReadTotalAsync(DateOnly day)
    {
        var site = await _reader.ReadAsync(VisitTable.SiteRow, TestContext.Current.CancellationToken);
        return site.SumIncluding(
            await _reader.ReadAsync(VisitTable.DayRow(day), TestContext.Current.CancellationToken));
    }

    public IEnumerable<string> Errors => _log.Messages;

    public void Dispose() => Traffic.Dispose();

    private sealed class ErrorLog : ILogger<VisitCounter>
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Messages.Enqueue(formatter(state, exception));
            }
        }
    }
}
