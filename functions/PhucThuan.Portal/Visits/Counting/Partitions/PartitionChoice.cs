using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Visits.Counting.Partitions;

/// <summary>
/// The partition in which this instance counts: at first the lowest that no other instance has marked, so that a small
/// portal reads one. After a conflict with another writer it moves, each time within a range four times as wide, which
/// separates 200 instances that start at once in about four moves. Not thread-safe.
/// </summary>
internal sealed partial class PartitionChoice(
    TableClient table, PartitionRegistry registry, KnownCounts known, PortalMetrics metrics, TimeProvider clock,
    ILogger logger)
{
    private const int RangeFactor = 4;

    /// <summary>Commits without a conflict after which the next conflict is a first one again.</summary>
    private const int Calm = 100;

    /// <summary>
    /// How long a damaged partition is avoided; then it is tried again, as it may have been repaired.
    /// </summary>
    private static readonly TimeSpan DamagePeriod = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ShortestJitter = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestJitter = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<int, DateTimeOffset> _damaged = [];
    private CounterPartition? _current;
    private DateTimeOffset? _markedAt;
    private int _range = 1;
    private int _calm;

    /// <param name="bound">The partition of a batch that may not choose.</param>
    /// <exception cref="Azure.RequestFailedException">Storage failed.</exception>
    public async Task<CounterPartition> TakeAsync(int? bound, CancellationToken cancellationToken)
    {
        if (bound is { } number && number != _current?.Number)
        {
            // Marked by the instance that claimed it.
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
        if (++_calm >= Calm)
        {
            _range = 1;
        }
    }

    /// <summary>Moves away from another writer, so that soon each has a partition of its own. Waits a random time
    /// first.</summary>
    public async Task MeetAsync(CounterPartition partition, CancellationToken cancellationToken)
    {
        _range = Math.Min(_range * RangeFactor, VisitTable.MaxPartitions);
        _calm = 0;
        metrics.Hop();
        if (partition == _current)
        {
            Forget();
        }

        // In real time: it separates processes, and a test that stops the clock must not stop it.
        var longest = TimeSpan.FromTicks(Math.Min(ShortestJitter.Ticks * _range, LongestJitter.Ticks));
        await Task.Delay(longest * Random.Shared.NextDouble(), TimeProvider.System, cancellationToken);
    }

    /// <summary>Counts elsewhere for some minutes, because a row here cannot be read.</summary>
    public void Leave(CounterPartition partition, FormatException damage)
    {
        metrics.DamagedRow();
        Log.Damaged(logger, VisitTable.PartitionKey(partition.Number), damage.Message);
        _damaged[partition.Number] = clock.GetUtcNow();
        Forget();
    }

    /// <summary>For a shutdown: the next instance may begin here at once.</summary>
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
            Message = "Damaged row: counting leaves partition {Partition} until it is repaired: {Reason}")]
        public static partial void Damaged(ILogger logger, string partition, string reason);
    }
}
