using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>The counting protocol on real storage, with a network that fails.</summary>
public sealed class VisitCounterTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Lost_requests_lost_responses_and_retries_neither_lose_nor_double_a_visit(int seed)
    {
        var random = new Random(seed);
        var slug = $"mat-goi-{seed}";
        var counter = CreateCounter(
            () => random.Next(20) switch
            {
                0 or 1 => TransportFault.RequestLost,
                2 or 3 => TransportFault.AnswerLost,
                4 => TransportFault.SentTwice,
                5 => TransportFault.AnswerCut,
                6 => TransportFault.FalseConflict,
                _ => TransportFault.None,
            },
            new PatientClock());

        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => counter.CountAsync(new Visit(slug, Day, true))))
                .WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal(200, await ViewsAsync(slug));
    }

    [Fact]
    public async Task Many_writers_in_few_partitions_count_exactly()
    {
        // The clock stands still, so that a slow machine causes no timeout.
        var clock = new FakeTimeProvider();
        var counters = Enumerable.Range(0, 24).Select(_ => CreateCounter(clock: clock)).ToList();

        await Parallel.ForEachAsync(counters, Cancellation, async (counter, _) =>
        {
            for (var visit = 0; visit < 20; visit++)
            {
                await counter.CountAsync(new Visit("dong-nguoi", Day, true));
            }
        });

        Assert.Equal(24 * 20, await ViewsAsync("dong-nguoi"));
    }

    [Fact]
    public async Task A_commit_is_recognised_when_its_response_is_lost_before_another_writers_commit()
    {
        // Both write in one partition. The response to the first commit is lost; then the second replaces the fence.
        var committed = new KnownCounts();
        var lose = true;
        var first = new CounterPartition(
            Table(() => lose ? TransportFault.AnswerLost : TransportFault.None),
            3,
            "a",
            committed,
            TimeProvider.System);
        var second = new CounterPartition(Table(), 3, "b", committed, TimeProvider.System);
        var batch = BatchOf("hang-rao");

        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => first.CommitAsync(1, batch, Cancellation));
        lose = false;
        Assert.True(await second.CommitAsync(1, BatchOf("hang-rao"), Cancellation));
        Assert.True(await first.CommitAsync(1, batch, Cancellation));

        Assert.Equal(2, await ViewsAsync("hang-rao"));
    }

    [Fact]
    public async Task The_second_writer_gets_a_conflict_and_stores_nothing()
    {
        var committed = new KnownCounts();
        var first = new CounterPartition(Table(), 4, "a", committed, TimeProvider.System);
        var second = new CounterPartition(Table(), 4, "b", committed, TimeProvider.System);
        Assert.True(await first.CommitAsync(1, BatchOf("thu-hai"), Cancellation));
        Assert.True(await second.CommitAsync(1, BatchOf("thu-hai"), Cancellation));

        Assert.False(await first.CommitAsync(2, BatchOf("thu-hai"), Cancellation));

        Assert.Equal(2, await ViewsAsync("thu-hai"));
    }

    [Fact]
    public async Task A_conflict_without_another_writer_fails_and_its_retry_commits()
    {
        var fault = TransportFault.FalseConflict;
        var partition = new CounterPartition(Table(() => fault), 5, "a", new KnownCounts(), TimeProvider.System);
        var batch = BatchOf("gia-mao");

        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => partition.CommitAsync(1, batch, Cancellation));
        fault = TransportFault.None;
        Assert.True(await partition.CommitAsync(1, batch, Cancellation));

        Assert.Equal(1, await ViewsAsync("gia-mao"));
    }

    [Fact]
    public async Task More_articles_than_one_transaction_can_hold_are_counted_in_several()
    {
        var counter = CreateCounter(clock: new FakeTimeProvider());

        await Task.WhenAll(
            Enumerable.Range(0, 500).Select(number => counter.CountAsync(new Visit($"nhieu-{number}", Day, true))));

        for (var number = 0; number < 500; number += 83)
        {
            Assert.Equal(1, await ViewsAsync($"nhieu-{number}"));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Visits_are_refused_in_time_while_storage_is_down_and_counted_when_it_is_back()
    {
        var isDown = true;
        var clock = new FakeTimeProvider();
        var counter = CreateCounter(() => isDown ? TransportFault.RequestLost : TransportFault.None, clock);

        var refused = counter.CountAsync(new Visit("gian-doan", Day, true));
        while (!refused.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await Assert.ThrowsAsync<StorageUnavailableException>(() => refused);
        isDown = false;
        await counter.CountAsync(new Visit("gian-doan", Day, true));

        Assert.Equal(1, await ViewsAsync("gian-doan"));
    }

    [Fact]
    public void Visits_beyond_the_queue_limit_are_refused_at_once()
    {
        var clock = new FakeTimeProvider();
        var counter = CreateCounter(() => TransportFault.RequestLost, clock);
        var waiting = new List<Task>();

        var refusal = Assert.Throws<StorageUnavailableException>(() =>
        {
            for (var visit = 0; visit <= 20_000; visit++)
            {
                waiting.Add(counter.CountAsync(new Visit("qua-tai", Day, true)));
            }
        });

        Assert.Contains("10000", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(waiting.Count, 10_000, 20_000);
    }

    [Fact]
    public async Task Shutdown_commits_waiting_visits()
    {
        var counter = CreateCounter(clock: new FakeTimeProvider());
        var visits = Enumerable.Range(0, 50).Select(_ => counter.CountAsync(new Visit("tat-may", Day, true))).ToList();

        await counter.StopAsync(Cancellation);

        Assert.All(visits, visit => Assert.True(visit.IsCompletedSuccessfully));
        Assert.Equal(50, await ViewsAsync("tat-may"));
    }

    private static CommitBatch BatchOf(string slug)
    {
        var batch = new CommitBatch();
        Assert.True(batch.TryAdd(new PendingVisit(new Visit(slug, Day, true)), now: 0));
        return batch;
    }

    private VisitCounter CreateCounter(Func<TransportFault>? fault = null, TimeProvider? clock = null) =>
        TestCounter.Create(Service(fault), clock);

    private TableClient Table(Func<TransportFault>? fault = null) => Service(fault).GetTableClient(VisitTable.Name);

    private TableServiceClient Service(Func<TransportFault>? fault)
    {
        var options = new TableClientOptions { Transport = new LossyTransport(fault ?? (() => TransportFault.None)) };
        options.Retry.MaxRetries = 0;
        return new TableServiceClient(storage.ConnectionString, options);
    }

    private Task<long> ViewsAsync(string slug) =>
        StoredVisits.SumAsync(storage.Visits, VisitTable.ArticleRow(slug), counts => counts.Views);
}
