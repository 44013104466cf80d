using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>Unreadable rows, failed reads and a missing table.</summary>
public sealed class DamagedTableTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private TestInstance _instance = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, object?> Damages { get; } = new()
    {
        { "commit", "Writers", "no fence" },
        { "commit", "Writers", "a:1" },
        { "commit", "Writers", "a:-1:1" },
        { "commit", "Writers", "a:1:99999999999999999" },
        { "commit", "Writers", "a:99999999999999999999999:1" },
        { "commit", "Writers", ":1:1" },
        { "commit", "Writers", 5L },
        { "commit", "Writers", true },
        { "commit", "Writers", null },
        { "site", "Visits", "5" },
        { "site", "Visits", -1L },
        { "site", "Visits", long.MaxValue },
        { "site", "Visits", 2.5 },
        { "site", "Visits", null },
        { "site", "Views", null },
        { "day:2026-11-24", "Views", "" },
        { "article:bai", "Views", long.MinValue },
    };

    public async ValueTask InitializeAsync()
    {
        await StoredVisits.ClearAsync(storage.Visits);
        _instance = new TestInstance(storage.ConnectionString, _clock);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_row_is_an_error_and_counting_continues_in_another_partition(
        string rowKey, string property, object? value)
    {
        await StoredVisits.WriteUnregisteredAsync(
            storage.Visits,
            0,
            ("site", 7, 7),
            ("day:2026-11-24", 7, 7),
            ("article:bai", 7, 7));
        var row = (
            await storage.Visits.GetEntityAsync<TableEntity>("00", rowKey, cancellationToken: Cancellation)
        ).Value;
        row.Remove(property);
        if (value is not null)
        {
            row[property] = value;
        }

        await storage.Visits.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancellation);

        await CountAsync();
        await CountAsync();

        Assert.Contains(_instance.Errors, message => message.StartsWith("Damaged row", StringComparison.Ordinal));
        Assert.Equal(
            2,
            (
                await storage.Visits.GetEntityAsync<TableEntity>("01", "site", cancellationToken: Cancellation)
            ).Value.GetInt64("Visits"));
        Assert.InRange((await _instance.ReadTotalAsync(Day)).Visits, 2, 9);
    }

    [Fact]
    public async Task A_damaged_partition_is_used_again_after_its_repair()
    {
        await storage.Visits.UpsertEntityAsync(
            new TableEntity("00", "commit") { ["Writers"] = "?" }, cancellationToken: Cancellation);
        await CountAsync();
        await storage.Visits.DeleteEntityAsync("00", "commit", ETag.All, Cancellation);
        await _instance.Counter.StopAsync(Cancellation);
        _instance.Dispose();

        _instance = new TestInstance(storage.ConnectionString, _clock);
        await CountAsync();

        Assert.Equal(2, (await _instance.ReadAsync(VisitTable.SiteRow)).Visits);
    }

    [Fact]
    public async Task A_missing_table_is_not_a_count_of_zero()
    {
        await storage.Visits.DeleteAsync(Cancellation);
        try
        {
            var failure = await Assert.ThrowsAsync<RequestFailedException>(() =>
                _instance.ReadAsync(VisitTable.SiteRow));
            Assert.Equal(404, failure.Status);
        }
        finally
        {
            await storage.Visits.CreateIfNotExistsAsync(Cancellation);
        }

        Assert.Equal(default, await _instance.ReadAsync(VisitTable.SiteRow));
    }

    [Fact]
    public async Task A_table_that_disappears_leaves_the_numbers_unchanged()
    {
        await CountAsync();
        await _instance.ReadTotalAsync(Day);
        await storage.Visits.DeleteAsync(Cancellation);
        try
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(1, (await _instance.ReadTotalAsync(Day)).Visits);
            Assert.Equal(1, (await _instance.ReadTotalAsync(Day)).Visits);
        }
        finally
        {
            await storage.Visits.CreateIfNotExistsAsync(Cancellation);
        }
    }

    [Fact]
    public async Task The_total_is_never_below_today_and_a_read_that_failed_is_retried_within_ten_seconds()
    {
        using var other = new TestInstance(storage.ConnectionString, _clock);
        await CountAsync();
        await CountAsync(other);
        await _instance.ReadTotalAsync(Day);
        for (var visit = 0; visit < 10; visit++)
        {
            await CountAsync(other);
        }

        _instance.Traffic.IsLost = address => address.Contains("RowKey='site'", StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await Eventually.AssertAsync(async () =>
        {
            var total = await _instance.ReadTotalAsync(Day);
            var today = await _instance.ReadAsync(VisitTable.DayRow(Day));
            Assert.True(total.Visits >= today.Visits);
            Assert.Equal(12, today.Visits);
        });

        _instance.Traffic.IsLost = _ => false;
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.AssertAsync(async () =>
            Assert.Equal(12, (await _instance.ReadAsync(VisitTable.SiteRow)).Visits));
    }

    public ValueTask DisposeAsync()
    {
        _instance.Dispose();
        return default;
    }

    private Task CountAsync(TestInstance? instance = null) =>
        (instance ?? _instance).Counter.CountAsync(new Visit("bai", Day, true, Guid.NewGuid().ToString("N")));
}
