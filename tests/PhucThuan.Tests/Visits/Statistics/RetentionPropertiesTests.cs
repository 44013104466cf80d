using Azure;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Statistics;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Statistics;

/// <summary>What holds of old days being folded for any history of commits, runs and faults between them.</summary>
public sealed class RetentionPropertiesTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly VisitOptions Limits = new() { DaysKept = 31 };
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly FirstKept = new(2026, 10, 25);

    // Two days that are kept and four that are not.
    private static readonly Gen<DateOnly> AnyDay = Gen.Int[-4, 1].Select(FirstKept.AddDays);

    // A commit whose answer is lost asks the fence: a run beside it must leave the fence whole, above all when no row of
    // an old day is in both.
    private static readonly Gen<CounterStep> AnyBetween = Gen.Select(
        CounterStep.Any(Gen.OneOf(AnyDay, Gen.Const(FirstKept))),
        Gen.Frequency((1, TransportFault.None), (2, TransportFault.AnswerLost), (1, TransportFault.RequestLate)),
        (commit, fault) => commit with { Fault = fault });

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (3, CounterStep.Any(AnyDay).Select(commit => new Step(commit, null))),
        (2, Gen.Select(
            CounterStep.AnyFault,
            Gen.Int[0, 3],
            AnyBetween.Null(),
            Gen.Int[0, 1],
            Gen.Bool,
            (fault, at, between, partition, arrives) =>
                new Step(null, new Run(fault, at, between, partition, arrives)))));

    [Fact]
    public async Task Folding_old_days_changes_no_total_whatever_happens_between()
    {
        var anyHistory = Gen.Select(AnyStep.List[2, 14], Gen.Bool);
        await anyHistory.SampleAsync(
            async (steps, lateFirst) =>
            {
                await storage.Visits.DeleteAsync(TestContext.Current.CancellationToken);
                await storage.Visits.CreateAsync(TestContext.Current.CancellationToken);
                using var counter = new CounterWriters(
                    storage.ConnectionString, VisitTable.Name, writers: 2, starts: 2, new FakeTimeProvider(Now));
                using var retention = new FaultyRetention(storage.ConnectionString, counter);

                foreach (var step in steps)
                {
                    if (step.Commit is not null)
                    {
                        await counter.CommitAsync(step.Commit);
                        continue;
                    }

                    await retention.RunAsync(step.Run!);
                    AssertWhole(await counter.StoredAsync());
                }

                await counter.SettleAsync(lateFirst);
                await retention.SettleAsync();
                Assert.Equal(
                    CounterWriters.Sorted(Folded(counter.Model)), CounterWriters.Sorted(await counter.StoredAsync()));
            },
            iter: 15,
            threads: 1);
    }

    /// <summary>After every run, whole or broken off: days and former days make the site, as do articles.</summary>
    private static void AssertWhole(Dictionary<string, Counts> stored)
    {
        Counts SumOf(params string[] prefixes) => stored
            .Where(row => prefixes.Any(prefix => row.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .Aggregate(default(Counts), (sum, row) => sum + row.Value);
        var site = stored.GetValueOrDefault(VisitTable.SiteRow);
        Assert.Equal(site, SumOf("day:") + stored.GetValueOrDefault(VisitTable.FoldedRow));
        Assert.Equal(site, SumOf("article:"));
    }

    /// <summary>The model's rows: those of old days are in their sums, or gone when an article's row has them.</summary>
    private static Dictionary<string, Counts> Folded(IReadOnlyDictionary<string, Counts> model) => model
        .Select(row => (Row: FoldedRowOf(row.Key.Split(':')), Counts: row.Value))
        .Where(row => row.Row is not null)
        .GroupBy(row => row.Row!, row => row.Counts)
        .ToDictionary(rows => rows.Key, rows => rows.Aggregate(Counts.Add));

    private static string? FoldedRowOf(string[] parts) =>
        parts.Length < 2 || string.CompareOrdinal(parts[1], VietnamTime.FormatIso(FirstKept)) >= 0 || parts[0] == "article"
            ? string.Join(':', parts)
            : parts[0] switch
            {
                "day" => "folded",
                "dropped" => $"folded:{parts[2]}",
                _ => null,
            };

    private sealed record Step(CounterStep? Commit, Run? Run);

    /// <param name="Fault">What becomes of one transaction of the run.</param>
    /// <param name="At">Of which one, from 0.</param>
    /// <param name="Between">
    /// What a new writer commits after the rows of a transaction were read and before it reaches storage, for each up to
    /// that one. It is new, as one that has written before would often be told first that another was faster.
    /// </param>
    /// <param name="Partition">Where it does.</param>
    /// <param name="Arrives">Whether a late transaction of an earlier run, if any, reaches storage before.</param>
    private sealed record Run(TransportFault Fault, int At, CounterStep? Between, int Partition, bool Arrives);

    private sealed class FaultyRetention : IDisposable
    {
        private readonly LossyTransport _network;
        private readonly CounterWriters _counter;
        private readonly VisitRetention _retention;
        private Run? _run;
        private int _transactions;

        public FaultyRetention(string connection, CounterWriters counter)
        {
            _counter = counter;
            _network = new LossyTransport(() => _transactions++ == _run?.At ? _run.Fault : TransportFault.None)
            {
                BeforeCommit = CommitBetweenAsync,
            };
            _retention = new VisitRetention(
                CounterWriters.ClientOf(connection, _network),
                new FakeTimeProvider(Now),
                Options.Create(Limits),
                NullLogger<VisitRetention>.Instance);
        }

        public async Task RunAsync(Run run)
        {
            if (run.Arrives)
            {
                await _network.ArriveAsync();
            }

            _run = run;
            _transactions = 0;
            try
            {
                await _retention.RunAsync(TestContext.Current.CancellationToken);
            }
            catch (Exception lost) when (lost is RequestFailedException or IOException)
            {
                // The next run goes on.
            }
        }

        public async Task SettleAsync()
        {
            await CounterWriters.ArriveAllAsync(_network);
            _run = null;
            await _retention.RunAsync(TestContext.Current.CancellationToken);
        }

        public void Dispose() => _network.Dispose();

        private Task CommitBetweenAsync() =>
            _transactions <= _run?.At && _run.Between is { } step
                ? _counter.JoinAsync(_run.Partition, step)
                : Task.CompletedTask;
    }
}
