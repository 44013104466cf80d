using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Portal.Visits.Statistics;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Statistics;

/// <summary>With 31 days kept and on 24 November, 25 October is the first day that stays.</summary>
public sealed class VisitRetentionTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private const string OldDay = "2026-10-24";
    private const string FirstKept = "2026-10-25";

    private static readonly DateOnly Today = new(2026, 11, 24);

    // Shortly before the timer's time.
    private readonly FakeTimeProvider _clock = new(VietnamTime.StartOf(Today).AddHours(3.5).AddSeconds(-30));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StoredVisits.ClearAsync(storage.Visits);

    [Fact]
    public async Task Days_before_the_limit_are_added_to_the_former_ones_and_their_articles_deleted()
    {
        await StoredVisits.WriteAsync(
            storage.Visits,
            3,
            ("site", 60, 66),
            ("day:2025-01-01", 10, 11),
            ("day:" + OldDay, 20, 22),
            ("day:" + FirstKept, 30, 33),
            ("dropped:2025-01-01:bot", 0, 1),
            ("dropped:" + OldDay + ":bot", 0, 2),
            ("dropped:" + OldDay + ":repeat", 0, 3),
            ("dropped:" + FirstKept + ":bot", 0, 4),
            ("read:2025-01-01:bai", 10, 11),
            ("read:" + OldDay + ":bai", 20, 22),
            ("read:" + FirstKept + ":bai", 30, 33),
            ("article:bai", 60, 66));
        await StoredVisits.WriteAsync(
            storage.Visits,
            12,
            ("site", 105, 106),
            ("folded", 100, 100),
            ("folded:bot", 0, 50),
            ("day:" + OldDay, 5, 6),
            ("dropped:" + OldDay + ":bot", 0, 7));

        await RunAsync();

        Assert.Equal(
            new Dictionary<(int, string), Counts>
            {
                [(3, "site")] = new(60, 66),
                [(3, "folded")] = new(30, 33),
                [(3, "day:" + FirstKept)] = new(30, 33),
                [(3, "folded:bot")] = new(0, 3),
                [(3, "folded:repeat")] = new(0, 3),
                [(3, "dropped:" + FirstKept + ":bot")] = new(0, 4),
                [(3, "read:" + FirstKept + ":bai")] = new(30, 33),
                [(3, "article:bai")] = new(60, 66),
                [(12, "site")] = new(105, 106),
                [(12, "folded")] = new(105, 106),
                [(12, "folded:bot")] = new(0, 57),
            },
            await StoredVisits.ReadAsync(storage.Visits));
    }

    [Fact]
    public async Task A_day_is_folded_from_the_midnight_on_that_makes_it_too_old()
    {
        await StoredVisits.WriteAsync(storage.Visits, 0, ("day:" + FirstKept, 1, 1));
        var midnight = VietnamTime.StartOf(Today.AddDays(1));

        _clock.SetUtcNow(midnight.AddTicks(-1));
        await RunAsync();
        Assert.Equal([(0, "day:" + FirstKept)], await KeysAsync());

        _clock.SetUtcNow(midnight);
        await RunAsync();
        Assert.Equal([(0, "folded")], await KeysAsync());
    }

    [Fact]
    public async Task Where_nothing_is_old_nothing_is_written()
    {
        await RunAsync();
        Assert.Empty(await ETagsAsync());

        await StoredVisits.WriteAsync(
            storage.Visits,
            7,
            ("site", 3, 3),
            ("day:" + OldDay, 1, 1),
            ("day:2026-11-24", 2, 2),
            ("read:" + OldDay + ":bai", 1, 1),
            ("dropped:" + OldDay + ":bot", 0, 1));
        await RunAsync();
        var once = await ETagsAsync();

        await RunAsync();

        Assert.Equal(once, await ETagsAsync());
    }

    [Fact]
    public async Task More_rows_than_a_transaction_takes_are_folded_by_several()
    {
        var days = Enumerable.Range(0, 250).Select(day => Today.AddDays(-31 - day)).ToList();
        await StoredVisits.WriteAsync(
            storage.Visits,
            5,
            days.SelectMany(day => DropReasons.All.Select(reason => (VisitTable.DroppedRow(day, reason), 0L, 1L))
                .Append((VisitTable.DayRow(day), 1L, 2L))
                .Append((VisitTable.ArticleDayRow(day, "bai"), 1L, 2L))));

        await RunAsync();

        var expected = DropReasons.All.ToDictionary(reason => (5, "folded:" + reason.Name()), _ => new Counts(0, 250));
        expected.Add((5, "folded"), new Counts(250, 500));
        Assert.Equal(expected, await StoredVisits.ReadAsync(storage.Visits));
    }

    [Fact]
    public async Task A_counter_that_has_an_old_day_in_memory_goes_on_counting_exactly()
    {
        var counter = new VisitCounter(Tables(), new CommittedCounts(), _clock, NullLogger<VisitCounter>.Instance);
        var oldDay = Today.AddDays(-40);
        for (var run = 0; run < 3; run++)
        {
            await counter.CountAsync(new Visit("bai", oldDay, true));
            await counter.CountAsync(new Visit("bai", Today, true));
            await RunAsync();
        }

        Assert.Equal(6, await VisitsAsync("site"));
        Assert.Equal(6, await VisitsAsync("article:bai"));
        Assert.Equal(3, await VisitsAsync("folded"));
        Assert.Equal(3, await VisitsAsync(VisitTable.DayRow(Today)));
        Assert.Equal(3, await VisitsAsync(VisitTable.ArticleDayRow(Today, "bai")));
        Assert.Equal(0, await VisitsAsync(VisitTable.DayRow(oldDay)));
        Assert.Equal(0, await VisitsAsync(VisitTable.ArticleDayRow(oldDay, "bai")));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task A_visit_that_is_counted_while_it_runs_is_neither_lost_nor_doubled(string before)
    {
        await StoredVisits.WriteAsync(storage.Visits, 6, ("site", 5, 5), ("day:" + OldDay, 5, 5));
        var counter = new CounterPartition(Tables().GetTableClient(VisitTable.Name), 6, "a", new CommittedCounts(), _clock);
        using var network = new UnreliableTransport();
        var sequence = 0L;
        network.Before = async method =>
        {
            // Five times, and a visit of the old day: what the run has just read is no longer so.
            if (method.Method == before && IsHere(network.LastAddress) && sequence < 5)
            {
                var batch = new CommitBatch();
                batch.TryAdd(new Visit("bai", DateOnly.ParseExact(OldDay, "yyyy-MM-dd"), true), now: 0);
                sequence++;
                while (!await counter.CommitAsync(sequence, batch, Cancellation))
                {
                    // The run was faster: another fence, another try.
                }
            }
        };

        await Retention(network).RunAsync(Cancellation);
        network.Before = _ => Task.CompletedTask;
        await Retention(network).RunAsync(Cancellation);

        Assert.Equal(5, sequence);
        Assert.Equal(
            new Dictionary<(int, string), Counts>
            {
                [(6, "site")] = new(10, 10),
                [(6, "folded")] = new(10, 10),
                [(6, "article:bai")] = new(5, 5),
            },
            await StoredVisits.ReadAsync(storage.Visits));

        // Only this partition has transactions; rows and queries name it.
        static bool IsHere(string address) => address.Contains("$batch", StringComparison.Ordinal)
            || Uri.UnescapeDataString(address).Contains("'06'", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_runs_at_once_fold_each_day_once()
    {
        for (var partition = 0; partition < 3; partition++)
        {
            await StoredVisits.WriteAsync(storage.Visits, partition, OldDays(200));
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync()));

        Assert.Equal(
            Enumerable.Range(0, 3).ToDictionary(partition => (partition, "folded"), _ => new Counts(200, 400)),
            await StoredVisits.ReadAsync(storage.Visits));
    }

    [Theory]
    [InlineData(nameof(TransportFault.RequestLost))]
    [InlineData(nameof(TransportFault.AnswerLost))]
    [InlineData(nameof(TransportFault.AnswerCut))]
    [InlineData(nameof(TransportFault.SentTwice))]
    [InlineData(nameof(TransportFault.FalseConflict))]
    public async Task After_a_fault_in_the_network_the_next_run_goes_on_and_no_sum_is_wrong(string fault)
    {
        await StoredVisits.WriteAsync(storage.Visits, 1, [.. OldDays(200), ("site", 200, 400)]);
        var transactions = 0;
        using var network = new LossyTransport(
            () => ++transactions == 2 ? Enum.Parse<TransportFault>(fault) : TransportFault.None);

        // As with the timer: whether a run failed is of no interest to the next.
        await Record.ExceptionAsync(() => Retention(network).RunAsync(Cancellation));
        Assert.True(transactions >= 2);
        await Retention(network).RunAsync(Cancellation);

        Assert.Equal(
            new Dictionary<(int, string), Counts> { [(1, "site")] = new(200, 400), [(1, "folded")] = new(200, 400) },
            await StoredVisits.ReadAsync(storage.Visits));
    }

    [Fact]
    public async Task The_host_folds_by_itself_at_half_past_three_at_night()
    {
        await StoredVisits.WriteAsync(storage.Visits, 8, ("day:" + OldDay, 1, 2));
        await using var host = new PortalHost(
            storage.ConnectionString,
            services => services.AddSingleton<TimeProvider>(_clock),
            new() { ["Visits:DaysKept"] = "31" });
        Assert.Equal([(8, "day:" + OldDay)], await KeysAsync());

        await Eventually.AssertAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal([(8, "folded")], await KeysAsync());
        });
    }

    public ValueTask DisposeAsync() => default;

    private static IEnumerable<(string RowKey, long Visits, long Views)> OldDays(int count) =>
        Enumerable.Range(0, count).Select(day => (VisitTable.DayRow(Today.AddDays(-31 - day)), 1L, 2L));

    /// <summary>One request at a time, as Azurite needs it.</summary>
    private Task RunAsync() => Retention(new LossyTransport(() => TransportFault.None)).RunAsync(Cancellation);

    private VisitRetention Retention(HttpPipelineTransport network) =>
        new(
            Tables(network),
            _clock,
            Options.Create(new VisitOptions { DaysKept = 31 }),
            NullLogger<VisitRetention>.Instance);

    private TableServiceClient Tables(HttpPipelineTransport? network = null)
    {
        var options = new TableClientOptions { Transport = network ?? new LossyTransport(() => TransportFault.None) };
        options.Retry.MaxRetries = 0;
        return new TableServiceClient(storage.ConnectionString, options);
    }

    private Task<long> VisitsAsync(string rowKey) => StoredVisits.SumAsync(storage.Visits, rowKey, counts => counts.Visits);

    private async Task<IEnumerable<(int Partition, string RowKey)>> KeysAsync() =>
        (await StoredVisits.ReadAsync(storage.Visits)).Keys;

    /// <summary>Of every row, the fences too; they change with every write.</summary>
    private async Task<List<string>> ETagsAsync() => await storage.Visits.QueryAsync<TableEntity>(cancellationToken: Cancellation)
        .Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}")
        .ToListAsync(Cancellation);
}
