using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Visits.Counting.Partitions;

/// <summary>
/// Chooses the partition of this instance: first the lowest one that no other instance has marked, so that a small
/// portal uses a single partition. After each conflict with another writer, chooses at random from a range that is four
/// times as wide; this separates 200 instances that start at the same time in about four steps. Not thread-safe.
/// </summary>
internal sealed partial class PartitionChoice(
    TableClient table, PartitionRegistry registry, KnownCounts known, PortalMetrics metrics, TimeProvider clock,
    ILogger logger)
{
    private const int RangeFactor = 4;

    /// <summary>Number of commits without a conflict after which the range is reset.</summary>
    private const int CommitsUntilReset = 100;

    /// <summary>
    /// How long a damaged partition is avoided before it is tried again; it may have been repaired.
    /// </summary>
    private static readonly TimeSpan DamagePeriod = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ShortestJitter = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestJitter = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<int, DateTimeOffset> _damaged = [];
    private CounterPartition? _current;
    private DateTimeOffset? _markedAt;
    private int _range = 1;
    private int _commitsWithoutConflict;

    /// <summary>The partition for a commit; marks it as in use.</summary>
    /// <param name="bound">The partition that the batch is bound to; null for the current one.</param>
    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public async Task<CounterPartition> GetAsync(int? bound, CancellationToken cancellationToken)
    {
        if (bound is { } number && number != _current?.Number)
        {
            // The instance that claimed the views for this partition has marked it.
            return Open(number);
        }

        _current ??= Open(await ChooseAsync(cancellationToken));
        if (_markedAt is null || clock.GetUtcNow() - _markedAt >= PartitionRegistry.MarkPeriod)
        {
            await registry.MarkAsync(_current.Number, cancellationToken);
            _markedAt = clock.GetUtcNow();
            known.OwnPartition = _current.Number;
        }

        return _current;
    }

    public void Succeeded()
    {
        if (++_commitsWithoutConflict >= CommitsUntilReset)
        {
            _range = 1;
        }
    }

    /// <summary>Leaves the partition after a conflict with another writer, and waits for a random time.</summary>
    public async Task MoveAwayAsync(CounterPartition partition, CancellationToken cancellationToken)
    {
        _range = Math.Min(_range * RangeFactor, VisitTable.MaxPartitions);
        _commitsWithoutConflict = 0;
        metrics.Hop();
        if (partition == _current)
        {
            Forget();
        }

        // Real time, so that a test with a stopped clock does not hang here.
        var longest = TimeSpan.FromTicks(Math.Min(ShortestJitter.Ticks * _range, LongestJitter.Ticks));
        await Task.Delay(longest * Random.Shared.NextDouble(), TimeProvider.System, cancellationToken);
    }

    /// <summary>Avoids the partition for <see cref="DamagePeriod"/>, because it has a damaged row.</summary>
    public void Leave(CounterPartition partition, FormatException damage)
    {
        metrics.DamagedRow();
        Log.Damaged(logger, VisitTable.PartitionKey(partition.Number), damage.Message);
        _damaged[partition.Number] = clock.GetUtcNow();
        Forget();
    }

    /// <summary>Call at shutdown, so that the next instance can use the partition at once.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) =>
        _current is null ? Task.CompletedTask : registry.ReleaseAsync(_current.Number, cancellationToken);

    private void Forget()
    {
        _current = null;
        _markedAt = null;
    }

    private async Task<int> ChooseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var marks = await registry.ReadAsync(cancellationToken);
        var taken = marks.Where(mark => mark.IsActive(now) && mark.Writer != registry.Writer)
            .Select(mark => mark.Partition)
            .Concat(_damaged.Where(pair => now - pair.Value < DamagePeriod).Select(pair => pair.Key))
            .ToHashSet();
        var free = Enumerable.Range(0, VisitTable.MaxPartitions).Where(partition => !taken.Contains(partition));
        int[] candidates = [.. free.Take(_range).DefaultIfEmpty(Random.Shared.Next(VisitTable.MaxPartitions))];
        var chosen = candidates[Random.Shared.Next(candidates.Length)];
        Log.Chose(logger, chosen);
        return chosen;
    }

    private CounterPartition Open(int number) => new(table, number, registry.Writer, known, clock);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Counting in partition {Partition}")]
        public static partial void Chose(ILogger logger, int partition);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Damaged row: partition {Partition} is not used for counting until it is repaired: {Reason}")]
        public static partial void Damaged(ILogger logger, string partition, string reason);
    }
}
