using System.Globalization;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Statistics;
using PhucThuan.Tests.Visits.Counting;
using ZiggyCreatures.Caching.Fusion;
using static PhucThuan.Tests.Visits.Checkpoints.CheckpointLines;

namespace PhucThuan.Tests.Visits.Checkpoints;

/// <summary>The clock starts at 01:30 on 24 November, when the timer runs.</summary>
public sealed class CheckpointWriterTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private readonly FakeTimeProvider _clock = new(VietnamTime.StartOf(Today).AddHours(1.5));
    private readonly ListLogger _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await StoredVisits.ClearAsync(storage.Visits);
        await storage.Checkpoints.DeleteBlobIfExistsAsync(CheckpointLog.BlobName, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_checkpoint_has_the_numbers_of_the_day_and_everything_until_its_end()
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        await AppendToLedgerAsync("opening", 1000, VietnamTime.StartOf(Today.AddDays(-2)).AddHours(9));
        await AppendToLedgerAsync("sua", -10, VietnamTime.StartOf(Today).AddSeconds(-1));
        await AppendToLedgerAsync("hom-nay", 7, VietnamTime.StartOf(Today));

        await Writer().RunAsync(Cancellation);

        var lines = await LinesAsync();
        Assert.Equal(
            [
                """{"day":"2026-11-22","visits":5,"views":8,"countedVisits":105,"countedViews":208,"ledger":1000"""
                    + ""","total":1105,"articles":{"bai-a":{"visits":4,"views":6},"bai-b":{"visits":1,"views":2}}"""
                    + ""","previous":null}""",
                """{"day":"2026-11-23","visits":2,"views":3,"countedVisits":107,"countedViews":211,"ledger":990"""
                    + ""","total":1097,"articles":{"bai-a":{"visits":2,"views":3}}"""
                    + $$""","previous":"{{HashOf(lines[0])}}"}""",
            ],
            lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_second_run_adds_nothing_and_missed_nights_are_caught_up(int nights)
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        await Writer().RunAsync(Cancellation);
        var first = await LinesAsync();
        await Writer().RunAsync(Cancellation);
        Assert.Equal(first, await LinesAsync());

        _clock.Advance(TimeSpan.FromDays(nights));
        await Writer().RunAsync(Cancellation);

        var lines = await LinesAsync();
        Assert.Equal(first, lines[..2]);
        var added = lines[2..].Select(Parse).ToList();
        Assert.Equal(Enumerable.Range(0, nights).Select(Today.AddDays), added.Select(line => line.Day));
        Assert.All(added, line => Assert.Equal((110, 215), (line.CountedVisits, line.CountedViews)));
        Assert.Equal((3, 4), (added[0].Visits, added[0].Views));
        Assert.All(added.Skip(1), line => Assert.Equal((0, 0, 0), (line.Visits, line.Views, line.Articles.Count)));
        AssertChained(lines);
    }

    [Fact]
    public async Task An_empty_portal_gets_a_checkpoint_of_zeros()
    {
        await Writer().RunAsync(Cancellation);

        Assert.Equal(
            [
                """{"day":"2026-11-23","visits":0,"views":0,"countedVisits":0,"countedViews":0,"ledger":0"""
                    + ""","total":0,"articles":{},"previous":null}""",
            ],
            await LinesAsync());
    }

    [Theory]
    [InlineData("2026-11-24T00:00:00+07:00", "2026-11-23")]
    [InlineData("2026-11-24T23:59:59+07:00", "2026-11-23")]
    [InlineData("2026-11-23T23:59:59+07:00", "2026-11-22")]
    public async Task A_day_gets_its_checkpoint_once_it_has_ended_in_Viet_Nam(string now, string last)
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        await Writer(clock: clock).RunAsync(Cancellation);

        Assert.Equal(last, VietnamTime.FormatIso(Parse((await LinesAsync())[^1]).Day));
    }

    [Fact]
    public async Task Concurrent_instances_append_each_line_once()
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        _clock.Advance(TimeSpan.FromDays(5));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Writer().RunAsync(Cancellation)));

        var lines = await LinesAsync();
        Assert.Equal(7, lines.Count);
        AssertChained(lines);
    }

    /// <summary>The storage client retries a request whose response was lost.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    public async Task After_a_lost_response_or_a_restart_no_line_is_missing_or_duplicated(int write, int retries)
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        var writes = 0;
        using var network = new LostResponses(() => ++writes == write);

        await Record.ExceptionAsync(() => Writer(network, retries).RunAsync(Cancellation));
        Assert.True(writes >= write);
        await Writer().RunAsync(Cancellation);

        var lines = await LinesAsync();
        Assert.Equal(2, lines.Count);
        AssertChained(lines);
    }

    [Fact]
    public async Task Checkpoints_of_deleted_days_stay_and_the_chain_continues()
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        await Writer().RunAsync(Cancellation);
        var before = await LinesAsync();
        _clock.Advance(TimeSpan.FromDays(30));
        var tables = new TableServiceClient(storage.ConnectionString);
        await new VisitRetention(
            tables,
            TestCounter.Registry(tables, _clock),
            _clock,
            Options.Create(new VisitOptions { DaysKept = 31 }),
            NullLogger<VisitRetention>.Instance).RunAsync(Cancellation);
        Assert.Equal([(0, "day:2026-11-24")], DaysOf(await StoredVisits.ReadAsync(storage.Visits)));

        await Writer().RunAsync(Cancellation);

        var lines = await LinesAsync();
        Assert.Equal(before, lines[..2]);
        Assert.Equal((Today.AddDays(29), 110), (Parse(lines[^1]).Day, Parse(lines[^1]).CountedVisits));
        AssertChained(lines);
    }

    /// <summary>The numbers of the missed days are deleted and must not be recorded as zeros.</summary>
    [Fact]
    public async Task After_more_missed_nights_than_kept_days_the_chain_continues_with_the_first_kept_day()
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        await Writer().RunAsync(Cancellation);
        _clock.Advance(TimeSpan.FromDays(32));
        await StoredVisits.ClearAsync(storage.Visits);
        await StoredVisits.WriteAsync(storage.Visits, 0, ("site", 110, 215));

        await Writer(daysKept: 31).RunAsync(Cancellation);

        var lines = await LinesAsync();
        Assert.Equal(HashOf(lines[1]), Parse(lines[2]).Previous);
        Assert.Equal((Today.AddDays(2), 110), (Parse(lines[2]).Day, Parse(lines[2]).CountedVisits));
    }

    [Fact]
    public async Task A_deleted_blob_is_rebuilt_from_the_kept_numbers()
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        await Writer().RunAsync(Cancellation);
        var before = await LinesAsync();
        await storage.Checkpoints.DeleteBlobAsync(CheckpointLog.BlobName, cancellationToken: Cancellation);

        await Writer().RunAsync(Cancellation);

        Assert.Equal(before, await LinesAsync());
    }

    [Fact]
    public async Task A_line_longer_than_one_read_is_continued_correctly()
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        await StoredVisits.WriteAsync(
            storage.Visits,
            7,
            Enumerable.Range(0, 2_000).Select(number => (
                VisitTable.ArticleDayRow(Today.AddDays(-1), $"bai-{number:0000}-{new string('x', 100)}"), 0L, 1L)));

        await Writer().RunAsync(Cancellation);
        _clock.Advance(TimeSpan.FromDays(1));
        await Writer().RunAsync(Cancellation);

        var lines = await LinesAsync();
        Assert.True(lines[1].Length > 200_000, $"{lines[1].Length}");
        Assert.Equal(3, lines.Count);
        AssertChained(lines);
    }

    [Theory]
    [InlineData("day:2026-11-22")]
    [InlineData("site")]
    public async Task With_a_damaged_row_no_line_is_written_and_an_error_is_logged(string row)
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        await storage.Visits.UpsertEntityAsync(
            new TableEntity("03", row) { ["Visits"] = "hai" }, TableUpdateMode.Replace, Cancellation);

        await Assert.ThrowsAsync<FormatException>(() => Writer().RunAsync(Cancellation));

        Assert.Contains(_log.Lines, line => line.StartsWith("Damaged row", StringComparison.Ordinal));
        Assert.False(await storage.Checkpoints.GetBlobClient(CheckpointLog.BlobName).ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Numbers_that_changed_after_their_checkpoint_are_logged_as_an_error()
    {
        await ThreeDaysOfVisits.WriteAsync(storage.Visits);
        await Writer().RunAsync(Cancellation);
        await storage.Visits.UpsertEntityAsync(
            new Counts(1_000, 1_000).ToEntity("03", "site"), TableUpdateMode.Replace, Cancellation);
        _clock.Advance(TimeSpan.FromDays(1));

        await Writer().RunAsync(Cancellation);

        Assert.Contains(
            _log.Lines,
            line => line.Contains("does not continue the one before", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        return default;
    }

    private static IEnumerable<(int, string)> DaysOf(Dictionary<(int Partition, string RowKey), Counts> rows) =>
        rows.Keys.Where(key => key.RowKey.StartsWith("day:", StringComparison.Ordinal));

    private async Task AppendToLedgerAsync(string id, long amount, DateTimeOffset time) =>
        await storage.Visits.AddEntityAsync(new LedgerEntry(id, amount, "x", time).ToEntity(), Cancellation);

    private CheckpointWriter Writer(
        HttpPipelineTransport? network = null, int retries = 0, TimeProvider? clock = null, int daysKept = 400)
    {
        var tables = new TableServiceClient(storage.ConnectionString);
        var registry = TestCounter.Registry(tables, _clock);
        var options = new BlobClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1) } };
        options.Transport = network ?? options.Transport;
        return new CheckpointWriter(
            tables,
            registry,
            new StatisticsReader(new VisitRows(tables, registry, TestMetrics.None, NullLogger<VisitRows>.Instance)),
            new VisitLedger(tables, new FusionCache(new FusionCacheOptions())),
            new CheckpointLog(new BlobServiceClient(storage.ConnectionString, options)),
            TestMetrics.None,
            clock ?? _clock,
            Options.Create(new VisitOptions { DaysKept = daysKept }),
            new Microsoft.Extensions.Logging.Logger<CheckpointWriter>(
                new Microsoft.Extensions.Logging.LoggerFactory([_log])));
    }

    private Task<List<string>> LinesAsync() => ReadAsync(storage.Checkpoints, Cancellation);
}
