using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Visits.Counting.Partitions;

/// <summary>
/// Detects which partitions have counters and which have changed. Reads the registry, then the fence of each partition
/// in use. The fences of idle partitions are read at increasing intervals, those of unregistered ones every two hours:
/// only an instance of a release without a registry writes there without a mark.
/// </summary>
public sealed class PartitionWatch(
    TableServiceClient tables, PartitionRegistry registry, KnownCounts known, TimeProvider clock)
{
    /// <summary>
    /// Minimum interval of checks. It grows with the number of partitions, because with one partition per instance the
    /// cost would otherwise grow with the square.
    /// </summary>
    internal static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(5);

    private const int PartitionsForShortestInterval = 16;
    private const int ConcurrentReads = 16;

    private static readonly TimeSpan FirstIdleInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestIdleInterval = TimeSpan.FromHours(1);

    private readonly TableClient _table = tables.GetTableClient(VisitTable.Name);
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Idle> _idle = [];
    private IReadOnlyList<int> _partitions = [];
    private Task _checking = Task.CompletedTask;
    private DateTimeOffset? _checkedAt;

    /// <summary>Returns the partitions with counters and updates their versions in <see cref="KnownCounts"/>.</summary>
    /// <exception cref="RequestFailedException">Storage failed, or the table is missing.</exception>
    internal async Task<IReadOnlyList<int>> CheckAsync()
    {
        await BeginIfDue();

        // Evaluated after the check, because this instance may have started to use a partition in the meantime.
        return [.. _partitions.Where(partition => known.VersionOf(partition) is not null)];
    }

    private Task BeginIfDue()
    {
        lock (_lock)
        {
            var isDue = _checkedAt is null || clock.GetUtcNow() - _checkedAt >= Interval;
            if (isDue && _checking.IsCompleted)
            {
                _checking = Task.Run(CheckAllAsync);
            }

            return _checking;
        }
    }

    private TimeSpan Interval =>
        ShortestInterval * Math.Max(1, _partitions.Count / (double)PartitionsForShortestInterval);

    private async Task CheckAllAsync()
    {
        var now = clock.GetUtcNow();
        var marks = await registry.ReadAsync(CancellationToken.None);
        var active = marks.Where(mark => mark.IsActive(now)).ToDictionary(mark => mark.Partition);
        var (isSwept, registered) = (registry.IsSwept, marks.Select(mark => mark.Partition).ToHashSet());
        _partitions = [.. registered.Union(registry.Unmarked)];
        await Parallel.ForEachAsync(
            _partitions.Where(partition => IsDue(partition, active.GetValueOrDefault(partition), now)
                || (!isSwept && !registered.Contains(partition))).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads },
            async (partition, token) =>
            {
                var fence = await _table.FindAsync(VisitTable.PartitionKey(partition), VisitTable.FenceRow, token);
                Note(partition, known.Observe(partition, fence?.ETag), now);
            });
        if (!isSwept)
        {
            var found = _partitions.Where(each => !registered.Contains(each) && known.VersionOf(each) is not null);
            await registry.CompleteSweepAsync(now, found.ToList(), CancellationToken.None);
        }

        _checkedAt = now;
    }

    /// <summary>False for this instance's own partition, because its commits are newer than any read.</summary>
    private bool IsDue(int partition, PartitionMark? active, DateTimeOffset now)
    {
        var isUsedElsewhere = active is not null && partition != known.OwnPartition;
        lock (_lock)
        {
            return isUsedElsewhere
                || (active is not null && active.Writer != registry.Writer)
                || !_idle.TryGetValue(partition, out var idle)
                || now >= idle.Next;
        }
    }

    private void Note(int partition, bool hasChanged, DateTimeOffset now)
    {
        lock (_lock)
        {
            var interval = hasChanged || !_idle.TryGetValue(partition, out var idle)
                ? FirstIdleInterval
                : TimeSpan.FromTicks(Math.Min(idle.Interval.Ticks * 4, LongestIdleInterval.Ticks));
            _idle[partition] = new Idle(interval, now + interval);
        }
    }

    private readonly record struct Idle(TimeSpan Interval, DateTimeOffset Next);
}
