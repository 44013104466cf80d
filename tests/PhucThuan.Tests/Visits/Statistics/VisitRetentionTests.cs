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

/// <summary>Today is 24 November and 31 days are kept, so 25 October is the first day that stays.</summary>
public sealed class VisitRetentionTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private const string OldDay = "2026-10-24";
    private const string FirstKept = "2026-10-25";

    private static readonly DateOnly Today = new(2026, 11, 24);

    // Half a minute before the timer runs.
    private readonly FakeTimeProvider _clock = new(VietnamTime.StartOf(Today).AddHours(3.5).AddSeconds(-30));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StoredVisits.ClearAsync(storage.Visits);

    [Fact]
    public async Task Rows_of_days_before_the_limit_are_deleted_and_totals_stay()
    {
        await StoredVisits.WriteAsync(
            storage.Visits,
            3,
            ("site", 60, 66),
            ("day:2025-01-01", 10, 11),
            ("day:" + OldDay, 20, 22),
            ("day:" + FirstKept, 30, 33),
            ("dropped:2025-01-01:bot", 0, 1),
            ("dropped:" + OldDay + ":repeat", 0, 3),
            ("dropped:" + FirstKept + ":bot", 0, 4),
            ("read:" + OldDay + ":bai", 20, 22),
            ("read:" + FirstKept + ":bai", 30, 33),
            ("article:bai", 60, 66));
        await StoredVisits.WriteAsync(
            storage.Visits,
            12,
            ("site", 105, 106),
            ("folded", 100, 100),
            ("day:" + OldDay, 5, 6));

        await Retention().RunAsync(Cancellation);

        Assert.Equal(
            new Dictionary<(int, string), Counts>
            {
                [(3, "site")] = new(60, 66),
                [(3, "day:" + FirstKept)] = new(30, 33),
                [(3, "dropped:" + FirstKept + ":bot")] = new(0, 4),
                [(3, "read:" + FirstKept + ":bai")] = new(30, 33),
                [(3, "article:bai")] = new(60, 66),
                [(12, "site")] = new(105, 106),
                [(12, "folded")] = new(100, 100),
            },
            await StoredVisits.ReadAsync(storage.Visits));
    }

    [Fact]
    public async Task A_day_is_deleted_once_midnight_makes_it_too_old()
    {
        await StoredVisits.WriteAsync(storage.Visits, 0, ("day:" + FirstKept, 1, 1));
        var midnight = VietnamTime.StartOf(Today.AddDays(1));

        _clock.SetUtcNow(midnight.AddTicks(-1));
        await Retention().RunAsync(Cancellation);
        Assert.Equal([(0, "day:" + FirstKept)], await KeysAsync());

        _clock.SetUtcNow(midnight);
        await Retention().RunAsync(Cancellation);
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task More_rows_than_one_transaction_can_hold_are_deleted_in_several()
    {
        await StoredVisits.WriteAsync(
            storage.Visits,
            5,
            OldDays(250)
                .SelectMany(day =>
                    DropReasons
                        .All.Select(reason => (VisitTable.DroppedRow(day, reason), 0L, 1L))
                        .Append((VisitTable.DayRow(day), 1L, 2L))
                        .Append((VisitTable.ArticleDayRow(day, "bai"), 1L, 2L))));

        await Retention().RunAsync(Cancellation);

        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task Partitions_beyond_the_first_sixteen_are_cleaned_too()
    {
        await StoredVisits.WriteAsync(storage.Visits, 300, ("day:" + OldDay, 1, 1), ("site", 1, 1));
        await TestCounter.Registry(Tables(), _clock).MarkAsync(300, Cancellation);

        await Retention().RunAsync(Cancellation);

        Assert.Equal([(300, "site")], await KeysAsync());
    }

    [Theory]
    [InlineData(nameof(TransportFault.RequestLost))]
    [InlineData(nameof(TransportFault.AnswerLost))]
    [InlineData(nameof(TransportFault.AnswerCut))]
    [InlineData(nameof(TransportFault.SentTwice))]
    public async Task After_a_network_fault_the_next_run_deletes_the_rest(string fault)
    {
        await StoredVisits.WriteAsync(
            storage.Visits, 1, [.. OldDays(250).Select(day => (VisitTable.DayRow(day), 1L, 2L)), ("site", 200, 400)]);
        var transactions = 0;
        using var network = new LossyTransport(
            () => ++transactions == 2 ? Enum.Parse<TransportFault>(fault) : TransportFault.None);

        // As with the timer, a failed run does not affect the next one.
        await Record.ExceptionAsync(() => Retention(network).RunAsync(Cancellation));
        Assert.True(transactions >= 2);
        await Retention(network).RunAsync(Cancellation);

        Assert.Equal([(1, "site")], await KeysAsync());
    }

    [Fact]
    public async Task Ids_of_views_are_deleted_when_they_are_an_hour_old()
    {
        var day = VietnamTime.DayOf(_clock.GetUtcNow());
        await TestCounter.Create(Tables(), _clock).CountAsync(new Visit("bai", day, true, "old-view-0000000000"));
        _clock.Advance(TimeSpan.FromMinutes(30));
        await TestCounter.Create(Tables(), _clock).CountAsync(new Visit("bai", day, true, "new-view-0000000000"));
        _clock.Advance(TimeSpan.FromMinutes(31));

        await Retention().ForgetViewsAsync(Cancellation);

        var views = await storage.Visits.QueryAsync<TableEntity>(cancellationToken: Cancellation)
            .Select(row => row.RowKey)
            .Where(key => key.StartsWith("view:", StringComparison.Ordinal))
            .Distinct()
            .ToListAsync(Cancellation);
        Assert.Equal(["view:new-view-0000000000"], views);
    }

    [Fact]
    public async Task The_host_runs_the_retention_at_half_past_three_at_night()
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
            Assert.Empty(await KeysAsync());
        });
    }

    public ValueTask DisposeAsync() => default;

    private static IEnumerable<DateOnly> OldDays(int count) =>
        Enumerable.Range(0, count).Select(day => Today.AddDays(-31 - day));

    /// <summary>Sends one request at a time, because Azurite's transactions are not isolated.</summary>
    private VisitRetention Retention(HttpPipelineTransport? network = null)
    {
        var tables = Tables(network);
        return new VisitRetention(
            tables,
            TestCounter.Registry(tables, _clock),
            _clock,
            Options.Create(new VisitOptions { DaysKept = 31 }),
            NullLogger<VisitRetention>.Instance);
    }

    private TableServiceClient Tables(HttpPipelineTransport? network = null)
    {
        var options = new TableClientOptions { Transport = network ?? new LossyTransport(() => TransportFault.None) };
        options.Retry.MaxRetries = 0;
        return new TableServiceClient(storage.ConnectionString, options);
    }

    private async Task<IEnumerable<(int Partition, string RowKey)>> KeysAsync() =>
        (await StoredVisits.ReadAsync(storage.Visits)).Keys;
}
