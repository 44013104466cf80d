using Azure.Data.Tables;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>Properties of counting for random histories, checked against a model without failures.</summary>
public sealed class CounterPropertiesTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly DateOnly Day = new(2026, 11, 24);
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly Gen<DateOnly> TwoDays = Gen.Int[0, 1].Select(Day.AddDays);

    [Fact]
    public void A_batch_sums_the_views_that_fit_in_99_rows_and_excludes_the_rest()
    {
        var anyVisit = CounterStep.AnyVisit(slugs: 60, TwoDays)
            .Select(visit => (Visit: (Visit?)visit, Reason: default(DropReason)));
        var anyDrop = Gen.Enum<DropReason>().Select(reason => (Visit: (Visit?)null, Reason: reason));
        Gen.Frequency((9, anyVisit), (1, anyDrop)).List[0, 150].Sample(additions =>
        {
            var batch = new CommitBatch();
            var model = new Dictionary<string, Counts>();
            var (visits, drops) = (0, 0);
            foreach (var (visit, reason) in additions)
            {
                var rows = visit?.Rows ?? [VisitTable.DroppedRow(Day, reason)];
                if (model.Keys.Union(rows).Count() > 99)
                {
                    Assert.False(TryAdd(batch, visit, reason));
                    Assert.Equal(CounterWriters.Sorted(model), CounterWriters.Sorted(batch.Rows));
                    continue;
                }

                Assert.True(TryAdd(batch, visit, reason));
                (visits, drops) = visit is null ? (visits, drops + 1) : (visits + 1, drops);
                foreach (var row in rows)
                {
                    model[row] = model.GetValueOrDefault(row) + (visit?.Counts ?? new Counts(0, 1));
                }
            }

            Assert.Equal((visits, drops), (batch.Visits.Count, batch.Drops));
            Assert.Equal(CounterWriters.Sorted(model), CounterWriters.Sorted(batch.Rows));
        });
    }

    private static bool TryAdd(CommitBatch batch, Visit? visit, DropReason reason) => visit is null
        ? batch.TryAddDrop(Day, reason, now: 0)
        : batch.TryAdd(new PendingVisit(visit), now: 0);

    [Fact]
    public void A_fence_remembers_the_last_commit_of_each_writer_for_an_hour()
    {
        // The clocks of instances differ, so times may decrease a little.
        var anyCommit = Gen.Select(Gen.Int[0, 4], Gen.Long[1, long.MaxValue], Gen.Int[-60, 2400], Gen.Bool);
        anyCommit.List[0, 20].Sample(commits =>
        {
            var now = Start;
            var fence = Fence.Empty;
            var model = new Dictionary<int, (long Sequence, DateTimeOffset Time)>();
            foreach (var (writer, sequence, seconds, stored) in commits)
            {
                now = now.AddSeconds(seconds);
                fence = fence.With($"w{writer}", sequence, now);
                fence = stored ? Fence.Parse(fence.ToString()) : fence;
                model = model.Where(known => now - known.Value.Time < TimeSpan.FromHours(1)).ToDictionary();
                model[writer] = (sequence, now);
                Assert.All(Enumerable.Range(0, 5), other =>
                    Assert.Equal(model.GetValueOrDefault(other).Sequence, fence.LastCommitOf($"w{other}")));
            }
        });
    }

    [Fact]
    public async Task Every_visit_is_counted_once_after_any_history_of_faults_and_conflicts()
    {
        var service = new TableServiceClient(storage.ConnectionString);
        var anyHistory = Gen.Select(Gen.Int[2, 3], Gen.Int[1, 2], CounterStep.Any(TwoDays).List[1, 16], Gen.Bool);
        await anyHistory.SampleAsync(
            async (writers, starts, steps, lateFirst) =>
            {
                var table = $"t{Guid.NewGuid():N}";
                await service.CreateTableAsync(table, TestContext.Current.CancellationToken);
                using var counter = new CounterWriters(
                    storage.ConnectionString, table, writers, starts, new FakeTimeProvider(Start));

                foreach (var step in steps)
                {
                    await counter.CommitAsync(step);
                }

                await counter.SettleAsync(lateFirst);
                Assert.Equal(CounterWriters.Sorted(counter.Model), CounterWriters.Sorted(await counter.StoredAsync()));
            },
            iter: 40,
            threads: 1);
    }
}
