using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Tests.Visits.Counting.Partitions;

/// <summary>The partitions that instances use, and the cost of reading them.</summary>
public sealed class PartitionTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StoredVisits.ClearAsync(storage.Visits);

    [Fact]
    public async Task An_instance_starts_in_the_lowest_free_partition()
    {
        using var first = Instance();
        using var second = Instance();
        using var third = Instance();

        await CountAsync(first);
        await CountAsync(second);
        await first.Counter.StopAsync(Cancellation);
        await CountAsync(third);

        Assert.Equal(new Counts(2, 2), (await StoredVisits.ReadAsync(storage.Visits))[(0, VisitTable.SiteRow)]);
        Assert.Equal(new Counts(1, 1), (await StoredVisits.ReadAsync(storage.Visits))[(1, VisitTable.SiteRow)]);
    }

    [Fact]
    public async Task A_partition_is_free_again_ten_minutes_after_its_instance_was_killed()
    {
        using var killed = Instance();
        await CountAsync(killed);

        _clock.Advance(TimeSpan.FromMinutes(10));
        using var next = Instance();
        await CountAsync(next);

        Assert.Equal([0], await PartitionsAsync());
    }

    [Fact]
    public async Task Many_instances_that_start_at_once_count_exactly_in_separate_partitions()
    {
        const int Count = 40;
        var instances = Enumerable.Range(0, Count).Select(_ => Instance()).ToList();

        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(instances.Select(CountAsync));
        }

        using var reader = Instance();
        Assert.Equal(new Counts(2 * Count, 2 * Count), await reader.ReadAsync(VisitTable.SiteRow));
        Assert.Contains(await PartitionsAsync(), partition => partition >= VisitTable.UnregisteredPartitions);
        instances.ForEach(instance => instance.Dispose());
    }

    [Fact]
    public async Task One_visit_a_minute_costs_at_most_four_requests_including_the_numbers_of_its_page()
    {
        using var instance = Instance();
        for (var minute = 0; minute < 180; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await CountAsync(instance);
            Assert.Equal(minute + 1, (await instance.ReadTotalAsync(Day)).Visits);
            Assert.Equal(minute + 1, (await instance.ReadAsync(VisitTable.ArticleRow("bai"))).Views);
        }

        // The read of the ledger, by another class, is the fourth.
        Assert.InRange(instance.Traffic.TakeRequests() / 180.0, 1, 3);
    }

    [Fact]
    public async Task A_table_of_a_former_release_keeps_its_numbers_and_both_releases_count_in_it()
    {
        for (var partition = 0; partition < 16; partition++)
        {
            await StoredVisits.WriteUnregisteredAsync(
                storage.Visits,
                partition,
                ("site", 100, 200),
                ("article:bai", 10, 20));
        }

        using var instance = Instance();
        Assert.Equal(new Counts(1600, 3200), await instance.ReadAsync(VisitTable.SiteRow));

        // The former release uses any of its partitions, without registering it.
        var known = new KnownCounts();
        var former = new CounterPartition(storage.Visits, 9, "former", known, _clock);
        for (var commit = 1; commit <= 5; commit++)
        {
            var batch = new CommitBatch();
            Assert.True(batch.TryAdd(new PendingVisit(new Visit("bai", Day, true)), now: 0));
            Assert.True(await former.CommitAsync(commit, batch, Cancellation));
            await CountAsync(instance);
            _clock.Advance(TimeSpan.FromSeconds(20));
        }

        await Eventually.AssertAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(new Counts(1610, 3210), await instance.ReadAsync(VisitTable.SiteRow));
            Assert.Equal(new Counts(170, 330), await instance.ReadAsync(VisitTable.ArticleRow("bai")));
        });
    }

    [Fact]
    public async Task One_instance_searches_for_unregistered_partitions_and_the_others_read_the_registry()
    {
        await StoredVisits.WriteUnregisteredAsync(storage.Visits, 9, ("site", 100, 200));
        using var first = Instance();
        Assert.Equal(new Counts(100, 200), await first.ReadAsync(VisitTable.SiteRow));
        await CountAsync(first);
        await first.Counter.StopAsync(Cancellation);

        using var second = Instance();
        Assert.Equal(new Counts(101, 201), await second.ReadAsync(VisitTable.SiteRow));

        // The registry, and one fence and one row each of partitions 0 and 9.
        Assert.InRange(second.Traffic.TakeRequests(), 1, 5);
    }

    [Fact]
    public async Task A_partition_that_a_former_release_uses_unregistered_is_found_within_the_hour()
    {
        using var instance = Instance();
        await CountAsync(instance);
        Assert.Equal(new Counts(1, 1), await instance.ReadAsync(VisitTable.SiteRow));

        await StoredVisits.WriteUnregisteredAsync(storage.Visits, 9, ("site", 100, 200));
        _clock.Advance(PartitionRegistry.SweepPeriod);

        await Eventually.AssertAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(new Counts(101, 201), await instance.ReadAsync(VisitTable.SiteRow));
        });
        Assert.Contains(
            "09",
            storage
                .Visits.Query<TableEntity>(
                    row => row.PartitionKey == VisitTable.RegistryPartition,
                    cancellationToken: Cancellation)
                .Select(row => row.RowKey));
    }

    [Fact]
    public async Task Visits_of_other_instances_show_within_twenty_seconds()
    {
        using var first = Instance();
        using var second = Instance();
        await CountAsync(first);
        await CountAsync(second);
        await first.ReadAsync(VisitTable.SiteRow);
        for (var visit = 0; visit < 10; visit++)
        {
            await CountAsync(second);
        }

        _clock.Advance(TimeSpan.FromSeconds(20));
        await first.ReadAsync(VisitTable.SiteRow);
        await Eventually.AssertAsync(async () => Assert.Equal(12, (await first.ReadAsync(VisitTable.SiteRow)).Visits));
    }

    [Fact]
    public async Task Foreign_rows_in_the_partition_registry_are_ignored()
    {
        using var instance = Instance();
        await CountAsync(instance);
        foreach (var key in new[] { "99999", "-1", "1", "abc", "1024" })
        {
            await storage.Visits.AddEntityAsync(
                new TableEntity("partitions", key) { ["Time"] = "never" },
                Cancellation);
        }

        await storage.Visits.AddEntityAsync(new TableEntity("partitions", "20") { ["Writer"] = 5 }, Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await CountAsync(instance);
        using var other = Instance();

        Assert.Equal(2, (await other.ReadAsync(VisitTable.SiteRow)).Visits);
    }

    public ValueTask DisposeAsync() => default;

    private static Task CountAsync(TestInstance instance) =>
        instance.Counter.CountAsync(new Visit("bai", Day, true, Guid.NewGuid().ToString("N")));

    private async Task<IEnumerable<int>> PartitionsAsync() =>
        (await StoredVisits.ReadAsync(storage.Visits)).Keys.Select(key => key.Partition).Distinct();

    private TestInstance Instance() => new(storage.ConnectionString, _clock);
}
