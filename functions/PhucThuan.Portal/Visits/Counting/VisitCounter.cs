using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Counts visits exactly: an acknowledged visit is in storage, once. Visits that arrive during a commit wait for the
/// next one (group commit): under load one transaction carries many, without load none waits.
/// </summary>
public sealed partial class VisitCounter : IHostedService
{
    /// <summary>A visit that is not in storage this long after the last one of its batch arrived is refused.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Visits that may wait, each with its connection: about two seconds' worth at the 6,000 a second of the benchmark.
    /// </summary>
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<CommitBatch> _batches = new();
    private readonly Dictionary<string, PendingVisit> _pendingViews = [];
    private readonly TableClient _table;
    private readonly ViewIds _views;
    private readonly PartitionChoice _choice;
    private readonly TimeProvider _clock;
    private readonly ILogger<VisitCounter> _logger;
    private CommitBatch? _open;
    private Task _committing = Task.CompletedTask;
    private int _waiting;
    private long _sequence;

    public VisitCounter(
        [FromKeyedServices(StorageServices.CounterTables)] TableServiceClient tables,
        PartitionRegistry registry,
        KnownCounts known,
        TimeProvider clock,
        ILogger<VisitCounter> logger)
    {
        _table = tables.GetTableClient(VisitTable.Name);
        _views = new ViewIds(_table, clock);
        _choice = new PartitionChoice(_table, registry, known, clock, logger);
        _clock = clock;
        _logger = logger;
    }

    /// <summary>
    /// Ends when the visit is in storage. A view that was sent before, here or to another instance, is counted once.
    /// </summary>
    /// <exception cref="StorageUnavailableException">
    /// Too many wait already, or storage did not take it within <see cref="Patience"/>. In the second case it may have
    /// been counted all the same, when only the answers were lost.
    /// </exception>
    public Task CountAsync(Visit visit)
    {
        lock (_lock)
        {
            if (visit.ViewId is { } viewId && _pendingViews.TryGetValue(viewId, out var first))
            {
                return first.Completion;
            }

            if (_waiting >= MaxWaiting)
            {
                throw new StorageUnavailableException($"{MaxWaiting} visits wait for storage already.");
            }

            var pending = new PendingVisit(visit);
            AddToBatch(open => open.TryAdd(pending, _clock.GetTimestamp()));
            _waiting++;
            if (visit.ViewId is not null)
            {
                _pendingViews.Add(visit.ViewId, pending);
            }

            return pending.Completion;
        }
    }

    /// <summary>
    /// Tallies a view that is not counted, with the next commit. Nobody waits for it: it is lost when storage stays
    /// away or the process is killed, and never tallied twice.
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
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task committing;
        lock (_lock)
        {
            committing = _committing;
        }

        await committing.WaitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReleasePatience);
        try
        {
            await _choice.ReleaseAsync(limit.Token);
        }
        catch (Exception exception) when (StorageFailures.Include(exception))
        {
            // The mark expires.
        }
    }

    private void AddToBatch(Func<CommitBatch, bool> tryAdd)
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
                // An outage is logged in a line; a fault of ours with the place where it is.
                var fault = failure is StorageUnavailableException ? null : failure;
                Log.BatchRefused(_logger, fault, batch.Visits.Count, batch.Drops, failure.GetBaseException().Message);
            }

            await ResolveAsync(batch.TakeSetAside());
            Complete(batch, commit);
        }
    }

    private void Complete(CommitBatch batch, Task commit)
    {
        lock (_lock)
        {
            foreach (var viewId in batch.ViewIds)
            {
                _pendingViews.Remove(viewId);
            }
        }

        batch.Complete(commit);
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

            _waiting -= batch.Visits.Count;
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
                await CommitAsync(sequence, batch, limit.Token);
                return;
            }
            catch (Exception exception) when (StorageFailures.Include(exception))
            {
                // The commit may have happened: the same partition is asked again, under the same number.
                if (Remaining(batch) <= pause)
                {
                    throw new StorageUnavailableException("The visit could not be counted.", exception);
                }

                Log.CommitFailed(_logger, sequence, exception.GetBaseException().Message);
            }

            await Task.Delay(pause, _clock, CancellationToken.None);
        }
    }

    /// <summary>
    /// Commits in the batch's own partition if it has one, else wherever this instance counts. Only a batch without one
    /// may move to another partition.
    /// </summary>
    private async Task CommitAsync(long sequence, CommitBatch batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            var partition = await _choice.TakeAsync(batch.Partition, cancellationToken);
            try
            {
                await ClaimAsync(batch, partition, cancellationToken);
                if (await partition.CommitAsync(sequence, batch, cancellationToken))
                {
                    _choice.Succeeded();
                    return;
                }

                await _choice.MeetAsync(partition, cancellationToken);
            }
            catch (FormatException damage) when (batch is { Partition: null, IsPending: false })
            {
                _choice.Leave(partition, damage);
            }
            catch (FormatException damage)
            {
                // Counted elsewhere it could count twice. Without the inner exception: logs quote the innermost
                // message, and the alert damaged-row looks for these words.
                throw new StorageUnavailableException("Damaged row: " + damage.Message);
            }
        }
    }

    private async Task ClaimAsync(CommitBatch batch, CounterPartition partition, CancellationToken cancellationToken)
    {
        if (partition.Number == VisitTable.HomePartition || batch.Partition is not null || !batch.ViewIds.Any())
        {
            return;
        }

        // Rows are read first: a damaged one must be met while the batch may still go elsewhere.
        await partition.LoadAsync(batch, cancellationToken);
        await _views.ClaimAsync(batch, partition.Number, cancellationToken);
        batch.BindTo(partition.Number);
    }

    /// <summary>
    /// Ends the wait for views that are counted. A view that is claimed for another partition, by an instance that has
    /// not committed it yet or never will, is committed there: whichever transaction comes first counts it.
    /// </summary>
    private async Task ResolveAsync(IReadOnlyList<SetAsideView> views)
    {
        foreach (var (pending, view) in views)
        {
            if (view.Partition == KnownView.Damaged)
            {
                Complete(pending, Task.FromException(new StorageUnavailableException(
                    $"Damaged row: the claim of view {view.ViewId} names no partition.")));
            }
            else if (view.Partition is { } partition && !await IsCountedAsync(partition, view.ViewId))
            {
                CommitIn(partition, pending);
            }
            else
            {
                Complete(pending, Task.CompletedTask);
            }
        }
    }

    /// <summary>False also when storage failed: the commit will show it.</summary>
    private async Task<bool> IsCountedAsync(int partition, string viewId)
    {
        try
        {
            return await _views.IsCountedAsync(partition, viewId, CancellationToken.None);
        }
        catch (Exception exception) when (StorageFailures.Include(exception))
        {
            return false;
        }
    }

    private void CommitIn(int partition, PendingVisit pending)
    {
        var batch = new CommitBatch();
        batch.TryAdd(pending, _clock.GetTimestamp());
        batch.BindTo(partition);
        lock (_lock)
        {
            _waiting++;
            _batches.Enqueue(batch);
        }
    }

    private void Complete(PendingVisit pending, Task outcome)
    {
        lock (_lock)
        {
            _pendingViews.Remove(pending.Visit.ViewId!);
        }

        pending.Complete(outcome);
    }

    private TimeSpan Remaining(CommitBatch batch)
    {
        var remaining = Patience - _clock.GetElapsedTime(batch.LastAdded);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Commit {Sequence} got no answer; the fence will show its outcome: {Reason}")]
        public static partial void CommitFailed(ILogger logger, long sequence, string reason);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Visits} visits were refused and {Drops} dropped views not tallied: {Reason}")]
        public static partial void BatchRefused(ILogger logger, Exception? fault, int visits, int drops, string reason);
    }
}
