using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests.Visits.Online;

/// <summary>Online visitors of several instances with the same storage.</summary>
public sealed class OnlineVisitorsTests : IClassFixture<AzuriteFixture>, IDisposable
{
    private static int s_days;

    private readonly AzuriteFixture _storage;

    // The tests share one storage account, so each uses different days.
    private readonly DateOnly _day = new DateOnly(2026, 1, 1).AddDays(Interlocked.Add(ref s_days, 10));
    private readonly FakeTimeProvider _clock;
    private readonly List<OnlineInstance> _instances = [];

    public OnlineVisitorsTests(AzuriteFixture storage)
    {
        _storage = storage;
        _clock = new FakeTimeProvider(VietnamTime.StartOf(_day).AddHours(12));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateTimeOffset Midnight => VietnamTime.StartOf(_day.AddDays(1));

    [Fact]
    public async Task Every_instance_counts_the_distinct_visitors_of_all_instances()
    {
        var instances = await StartAsync(5);
        for (var visitor = 0; visitor < 100; visitor++)
        {
            instances[visitor % 4].See(visitor);
            instances[(visitor + 1) % 4].See(visitor);
        }

        Assert.Equal(50, await instances[0].CountAsync());
        await RefreshAsync();

        await AssertCountAsync(100);
        Assert.Equal(100, await (await StartAsync(1))[0].CountAsync());
        Assert.Equal(4, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Thousands_of_visitors_are_counted_within_the_error_from_rows_that_do_not_grow()
    {
        var instances = await StartAsync(3);
        for (var visitor = 0; visitor < 9000; visitor++)
        {
            instances[visitor % 3].See(visitor);
            instances[visitor / 3 % 3].See(visitor);
        }

        await RefreshAsync();
        _clock.Advance(OnlineVisitors.ReadPeriod);

        var counts = await Task.WhenAll(instances.Select(instance => instance.CountAsync()));
        Assert.InRange(counts[0], 9000 * 0.967, 9000 * 1.033);
        Assert.All(counts, count => Assert.Equal(counts[0], count));
        var rows = await RowsAsync();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(12_290, row.GetBinary(OnlineRows.SketchProperty).Length));
    }

    [Fact]
    public async Task A_visitor_expires_at_every_instance_five_to_six_minutes_after_the_last_request()
    {
        var instances = await StartAsync(2);
        _clock.Advance(TimeSpan.FromSeconds(45));
        instances[0].See(1);
        await RefreshAsync();
        for (var second = 0; second < 315; second += 15)
        {
            await AssertCountAsync(1);
            _clock.Advance(TimeSpan.FromSeconds(15 - 5));
        }

        await AssertCountAsync(0);
    }

    [Fact]
    public async Task A_minute_is_one_row_that_is_written_only_for_new_visitors()
    {
        var instance = (await StartAsync(1))[0];
        await instance.RefreshAsync();
        instance.Network.TakeRequests();

        await instance.RefreshAsync();
        Assert.Empty(instance.Network.TakeRequests());

        instance.See(1, 2);
        await instance.RefreshAsync();
        Assert.Equal(["POST"], instance.Network.TakeRequests());

        instance.See(2, 1);
        await instance.RefreshAsync();
        Assert.Empty(instance.Network.TakeRequests());

        instance.See(3);
        await instance.RefreshAsync();
        Assert.Equal(["POST"], instance.Network.TakeRequests());
        Assert.Single(await RowsAsync());

        _clock.Advance(TimeSpan.FromMinutes(1));
        instance.See(1); // the other instances still know this visitor for some minutes
        await instance.RefreshAsync();
        Assert.Empty(instance.Network.TakeRequests());

        instance.See(4);
        await instance.RefreshAsync();
        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task A_thousand_readers_in_five_seconds_are_one_query()
    {
        var instance = (await StartAsync(1))[0];
        instance.Network.TakeRequests();

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => instance.CountAsync()));
        Assert.Equal(["GET"], instance.Network.TakeRequests());

        _clock.Advance(OnlineVisitors.ReadPeriod);
        await instance.CountAsync();
        Assert.Equal(["GET"], instance.Network.TakeRequests());
    }

    [Fact]
    public async Task Rows_are_cached_and_only_recent_changes_are_queried()
    {
        var instances = await StartAsync(2);
        instances[0].See(Enumerable.Range(0, 50));
        await instances[0].RefreshAsync();
        await AssertCountAsync(50);
        Assert.DoesNotContain("Timestamp", instances[1].Network.LastAddress, StringComparison.Ordinal);

        await _storage.Visitors.DeleteEntityAsync((await RowsAsync())[0], cancellationToken: Cancellation);
        await AssertCountAsync(50);
        Assert.Contains("Timestamp%20ge%20datetime", instances[1].Network.LastAddress, StringComparison.Ordinal);

        instances[0].See(50);
        await instances[0].RefreshAsync();
        await AssertCountAsync(51);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_visitor_around_midnight_is_counted_once(bool keyComesLate)
    {
        _clock.SetUtcNow(Midnight.AddMinutes(-14));
        var instances = await StartAsync(2);
        for (var turn = 0; _clock.GetUtcNow() < Midnight.AddMinutes(14); turn++)
        {
            var toMidnight = Midnight - _clock.GetUtcNow();
            foreach (var instance in instances)
            {
                instance.Network.IsDown = keyComesLate
                    && toMidnight < TimeSpan.FromMinutes(12) && toMidnight > TimeSpan.FromMinutes(-3);
            }

            // Each visitor comes once a minute, alternating between the instances. During the outage, visitors come
            // to both instances, because rows cannot be shared.
            for (var visitor = turn % 3; visitor < 20; visitor += 3)
            {
                var first = (visitor + (turn / 3)) % 2;
                instances[first].See(visitor);
                if (keyComesLate)
                {
                    instances[1 - first].See(visitor);
                }
            }

            await RefreshAsync();
            _clock.Advance(TimeSpan.FromSeconds(20));
            if (turn > 3)
            {
                var counts = await Task.WhenAll(instances.Select(instance => instance.CountAsync()));
                Assert.Equal([20, 20], counts);
            }
        }

        // Both keys were used, so there are rows for each.
        Assert.Equal(
            2,
            (await RowsAsync()).Select(row => VisitorTable.ParseOnlineRow(row.RowKey).KeyDay).Distinct().Count());
    }

    [Fact]
    public async Task A_visitor_who_left_before_midnight_is_not_counted_after_it()
    {
        _clock.SetUtcNow(Midnight.AddMinutes(-2));
        var instances = await StartAsync(2);
        instances[0].See(1, 2);
        _clock.Advance(TimeSpan.FromMinutes(3));
        await RefreshAsync();
        instances[1].See(2, 3);
        await RefreshAsync();
        await AssertCountAsync(3);

        _clock.SetUtcNow(Midnight.AddMinutes(4));
        await RefreshAsync();
        await AssertCountAsync(2);

        _clock.SetUtcNow(Midnight.AddMinutes(7));
        await AssertCountAsync(0);
    }

    [Fact]
    public async Task Nothing_stored_contains_an_address_or_a_user_agent()
    {
        var instance = (await StartAsync(1))[0];
        instance.See(1);
        await instance.RefreshAsync();

        var row = Assert.Single(await RowsAsync());
        Assert.Equal(
            ["PartitionKey", "RowKey", OnlineRows.SketchProperty, "Timestamp", "odata.etag"],
            row.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2 + 8, row.GetBinary(OnlineRows.SketchProperty).Length);
        Assert.Empty(instance.Logs);
    }

    public void Dispose() => _instances.ForEach(instance => instance.Dispose());

    private async Task<List<OnlineInstance>> StartAsync(int count)
    {
        var started = Enumerable
            .Range(0, count)
            .Select(_ => new OnlineInstance(_storage.ConnectionString, _clock))
            .ToList();
        _instances.AddRange(started);
        foreach (var instance in started)
        {
            await instance.Keys.RefreshAsync(Cancellation);
        }

        return started;
    }

    private Task RefreshAsync() => Task.WhenAll(_instances.Select(instance => instance.RefreshAsync()));

    /// <summary>Moves the clock to the next read, and asserts the number at all instances.</summary>
    private async Task AssertCountAsync(long count)
    {
        _clock.Advance(OnlineVisitors.ReadPeriod);
        Assert.All(
            await Task.WhenAll(_instances.Select(instance => instance.CountAsync())),
            found => Assert.Equal(count, found));
    }

    private Task<List<TableEntity>> RowsAsync()
    {
        var first = VisitorTable.MinuteRows(VietnamTime.StartOf(_day));
        var last = VisitorTable.MinuteRows(VietnamTime.StartOf(_day.AddDays(2)));
        return _storage.Visitors
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {VisitorTable.OnlinePartition} and RowKey ge {first} and RowKey lt {last}"),
                cancellationToken: Cancellation)
            .ToListAsync(Cancellation)
            .AsTask();
    }
}
