using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>A view that is retried with the same id is counted once, at whichever instance it arrives.</summary>
public sealed class ViewIdTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StoredVisits.ClearAsync(storage.Visits);

    [Fact]
    public async Task A_view_sent_twice_to_one_instance_is_counted_once()
    {
        var counter = Counter();

        await counter.CountAsync(View("mot"));
        await counter.CountAsync(View("mot"));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => counter.CountAsync(View("hai"))));

        Assert.Equal(2, await ViewsAsync());
    }

    [Fact]
    public async Task A_view_sent_again_after_a_restart_is_counted_once()
    {
        await Counter().CountAsync(View("mot"));
        await Counter().CountAsync(View("mot"));

        Assert.Equal(1, await ViewsAsync());
    }

    [Fact]
    public async Task A_view_sent_to_many_instances_at_once_is_counted_once()
    {
        var counters = await StartInOwnPartitionsAsync(6);

        await Task.WhenAll(counters.SelectMany(counter =>
            Enumerable.Range(0, 10).Select(view => counter.CountAsync(View($"view-{view}")))));

        Assert.Equal(6 + 10, await ViewsAsync());
    }

    [Fact]
    public async Task Views_without_an_id_count_each_time()
    {
        var counter = Counter();

        await counter.CountAsync(new Visit("bai", Day, true));
        await counter.CountAsync(new Visit("bai", Day, true));

        Assert.Equal(2, await ViewsAsync());
    }

    [Fact]
    public async Task A_claimed_view_that_was_never_committed_is_counted_by_the_next_instance()
    {
        var counters = await StartInOwnPartitionsAsync(2);
        await storage.Visits.AddEntityAsync(
            new TableEntity("00", "view:" + View("bo-do").ViewId)
            {
                ["Time"] = _clock.GetUtcNow(),
                ["Partition"] = "05",
            },
            Cancellation);

        await counters[0].CountAsync(View("bo-do"));
        await counters[1].CountAsync(View("bo-do"));

        Assert.Equal(2 + 1, await ViewsAsync());
    }

    [Fact]
    public async Task The_late_commit_of_a_claimed_view_fails_after_another_instance_counted_it()
    {
        // The slow instance counts in partition 01. Its claim arrives, its commits are late.
        var isSlow = false;
        var transactions = 0;
        using var network = new LossyTransport(() =>
            isSlow && ++transactions > 1 ? TransportFault.RequestLate : TransportFault.None);
        await Counter().CountAsync(View("a"));
        var slow = Counter(network);
        await slow.CountAsync(View("b"));

        isSlow = true;
        var late = slow.CountAsync(View("tre"));
        await Eventually.AssertAsync(() =>
        {
            Assert.True(transactions > 1);
            return Task.CompletedTask;
        });
        while (!late.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<StorageUnavailableException>(() => late);
        await Counter().CountAsync(View("tre"));
        await CounterWriters.ArriveAllAsync(network);
        await Counter().CountAsync(View("tre"));

        Assert.Equal(3, await ViewsAsync());
    }

    [Theory]
    [InlineData("two")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("99999")]
    public async Task A_damaged_claim_refuses_its_view_and_no_other(string partition)
    {
        var counter = Counter();
        await storage.Visits.AddEntityAsync(
            new TableEntity("00", "view:" + View("hong").ViewId) { ["Partition"] = partition }, Cancellation);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => counter.CountAsync(View("hong")));
        await counter.CountAsync(View("lanh"));

        Assert.Equal(1, await ViewsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Retries_after_lost_requests_and_responses_neither_lose_nor_double_a_view(int seed)
    {
        var random = new Random(seed);
        using var network = new LossyTransport(() => random.Next(10) switch
        {
            0 => TransportFault.RequestLost,
            1 => TransportFault.AnswerLost,
            2 => TransportFault.SentTwice,
            3 => TransportFault.FalseConflict,
            4 => TransportFault.RequestLate,
            _ => TransportFault.None,
        });
        var counters = Enumerable.Range(0, 3).Select(_ => Counter(network, TimeProvider.System)).ToList();

        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(number => SendUntilCountedAsync($"{round}-{number}")));
            if (round % 5 == 4)
            {
                // Restarts an instance; then the late requests arrive.
                counters[round % 3] = Counter(network, TimeProvider.System);
                await network.ArriveAsync();
            }
        }

        await CounterWriters.ArriveAllAsync(network);
        Assert.Equal(60, await ViewsAsync());

        async Task SendUntilCountedAsync(string name)
        {
            var sends = 0;
            while (sends < 2)
            {
                int instance;
                lock (random)
                {
                    instance = random.Next(3);
                }

                try
                {
                    await counters[instance].CountAsync(View(name));
                    sends++;
                }
                catch (StorageUnavailableException)
                {
                    // The loop retries.
                }
            }
        }
    }

    public ValueTask DisposeAsync() => default;

    private static Visit View(string name) => new("bai", Day, true, name.PadRight(20, '_'));

    /// <summary>Starts counters that have each counted one view, in the lowest free partition.</summary>
    private async Task<List<VisitCounter>> StartInOwnPartitionsAsync(int count)
    {
        var counters = new List<VisitCounter>();
        for (var number = 0; number < count; number++)
        {
            counters.Add(Counter());
            await counters[number].CountAsync(View($"start-{number}"));
        }

        var partitions = (await StoredVisits.ReadAsync(storage.Visits)).Keys.Select(key => key.Partition).Distinct();
        Assert.Equal(Enumerable.Range(0, count), partitions.Order());
        return counters;
    }

    private VisitCounter Counter(LossyTransport? network = null, TimeProvider? clock = null) =>
        TestCounter.Create(
            CounterWriters.ClientOf(storage.ConnectionString, network ?? new LossyTransport(() => TransportFault.None)),
            clock ?? _clock);

    private Task<long> ViewsAsync() =>
        StoredVisits.SumAsync(storage.Visits, VisitTable.SiteRow, counts => counts.Views);
}
