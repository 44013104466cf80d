using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Counts visits exactly: what is acknowledged is in storage, once. Visits that come while a commit is under way wait
/// for the next one (group commit), so that under load one transaction carries many and without load none waits.
/// </summary>
public sealed partial class VisitCounter : IHostedService
{
    /// <summary>A visit that is not in storage this long after the last one of its batch came is refused.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Visits that may wait, each with its connection: about two seconds' worth at the 6,000 a second that the benchmark
    /// saw.
    /// </summary>
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<CommitBatch> _batches = new();
    private readonly string _writer = Guid.NewGuid().ToString("N")[..16];
    private readonly TableClient _table;
    private readonly CommittedCounts _committed;
    private readonly TimeProvider _clock;
    private readonly ILogger<VisitCounter> _logger;
    private CounterPartition _partition;
    private CommitBatch? _open;
    private Task _committing = Task.CompletedTask;
    private int _waiting;
    private long _sequence;

    public VisitCounter(
        TableServiceClient tables, CommittedCounts committed, TimeProvider clock, ILogger<VisitCounter> logger)
    {
        _table = tables.GetTableClient(VisitTable.Name);
        _committed = committed;
        _clock = clock;
        _logger = logger;
        _partition = TakePartition(Random.Shared.Next(VisitTable.Partitions));
    }

    /// <summary>Ends when the visit is in storage.</summary>
    /// <exception cref="StorageUnavailableException">
    /// Too many wait already, or storage did not take it within <see cref="Patience"/>. In the second case it may have
    /// been counted all the same, when only the answers were lost.
    /// </exception>
    public Task CountAsync(Visit visit)
    {
        lock (_lock)
        {
            if (_waiting >= MaxWaiting)
            {
                throw new StorageUnavailableException($"{MaxWaiting} visits wait for storage already.");
            }

            var now = _clock.GetTimestamp();
            var batch = AddToBatch(open => open.TryAdd(visit, now));
            _waiting++;
            return batch.Completion;
        }
    }

    /// <summary>
    /// Tallies a view that is not counted, with the next commit. Nobody waits for it: it is lost when storage stays away
    /// or the process is killed, and never tallied twice.
    /// </summary>
    public void Drop(DateOnly day, DropReason reason)
    {
        lock (_lock)
        {
            var now = _clock.GetTimestamp();
            AddToBatch(open => open.TryAddDrop(day, reason, now));
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Commits what still waits. Bounded, as every batch is given up after <see cref="Patience"/>.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _committing.WaitAsync(cancellationToken);
        }
    }

    private CommitBatch AddToBatch(Func<CommitBatch, bool> tryAdd)
    {
        if (_open is null || !tryAdd(_open))
        {
            _open = new CommitBatch();
            tryAdd(_open);
            _batches.Enqueue(_open);
        }

        if (_committing.IsCompleted)
        {
            _committing = Task.Run(CommitAllAsync);
        }

        return _open;
    }

    private async Task CommitAllAsync()
    {
        while (TakeBatch() is { } batch)
        {
            // A failure is for those who wait, whatever it was, and the next batch must be tried.
            var commit = CommitAsync(++_sequence, batch);
            await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (commit.Exception?.InnerException is { } failure)
            {
                // An outage is told in a line; a fault of ours with the place where it is.
                var fault = failure is StorageUnavailableException ? null : failure;
                Log.BatchRefused(_logger, fault, batch.Visits, batch.Drops, failure.GetBaseException().Message);
            }

            batch.Complete(commit);
        }
    }

    /// <summary>Null when nothing waits any more; the next visit then starts the loop anew.</summary>
    private CommitBatch? TakeBatch()
    {
        lock (_lock)
        {
            if (!_batches.TryDequeue(out var batch))
            {
                _committing = Task.CompletedTask;
                return null;
            }

            if (batch == _open)
            {
                _open = null;
            }

            _waiting -= batch.Visits;
            return batch;
        }
    }

    private async Task CommitAsync(long sequence, CommitBatch batch)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            using var limit = new CancellationTokenSource(Remaining(batch), _clock);
            try
            {
                while (!await _partition.CommitAsync(sequence, batch, limit.Token))
                {
                    Hop();
                }

                return;
            }
            catch (Exception exception) when (StorageFailures.Include(exception))
            {
                // The commit may have happened: the same partition is asked again, under the same number.
                if (Remaining(batch) <= pause)
                {
                    throw new StorageUnavailableException("The visit could not be counted.", exception);
                }

                Log.CommitFailed(_logger, sequence, _partition.Number, exception.GetBaseException().Message);
            }

            await Task.Delay(pause, _clock, CancellationToken.None);
        }
    }

    private TimeSpan Remaining(CommitBatch batch)
    {
        var remaining = Patience - _clock.GetElapsedTime(batch.LastAdded);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    /// <summary>Away from a partition where another instance writes, so that soon each has its own.</summary>
    private void Hop()
    {
        var step = Random.Shared.Next(1, VisitTable.Partitions);
        var next = (_partition.Number + step) % VisitTable.Partitions;
        Log.Hopped(_logger, _partition.Number, next);
        _partition = TakePartition(next);
    }

    private CounterPartition TakePartition(int number) => new(_table, number, _writer, _committed, _clock);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Commit {Sequence} in partition {Partition} got no answer, asking the fence: {Reason}")]
        public static partial void CommitFailed(ILogger logger, long sequence, int partition, string reason);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Visits} visits were refused and {Drops} dropped views not tallied: {Reason}")]
        public static partial void BatchRefused(ILogger logger, Exception? fault, int visits, int drops, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Another instance counts in partition {From}; moving to {To}")]
        public static partial void Hopped(ILogger logger, int from, int to);
    }
}
