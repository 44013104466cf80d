using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting.Partitions;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Counts visits exactly once: a visit is acknowledged after its commit. Visits that arrive during a commit share the
/// next one (group commit), so a transaction carries many visits under load, and none waits without load.
/// </summary>
public sealed partial class VisitCounter : IHostedService
{
    /// <summary>Timeout of a commit and its retries, from the arrival of the last visit of the batch.</summary>
    public static readonly TimeSpan CommitTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Maximum number of waiting visits, each with an open connection: two seconds at the benchmark's rate of 6,000 per
    /// second.
    /// </summary>
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Queue<CommitBatch> _batches = new();
    private readonly Dictionary<string, PendingVisit> _pendingViews = [];
    private readonly BatchCommitter _committer;
    private readonly PortalMetrics _metrics;
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
        PortalMetrics metrics,
        TimeProvider clock,
        ILogger<VisitCounter> logger)
    {
        _committer = new BatchCommitter(
            tables.GetTableClient(VisitTable.Name),
            registry,
            known,
            metrics,
            clock,
            logger);
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
        metrics.ObserveQueue(() => Queue.Views, () => Queue.Age);
    }

    /// <summary>
    /// Completes when the visit is stored. Retries with the same view id, to any instance, are counted once.
    /// </summary>
    /// <exception cref="StorageUnavailableException">
    /// Too many visits are waiting, or <see cref="CommitTimeout"/> has elapsed. After a timeout, the visit may still
    /// have been counted, if only the responses of storage were lost.
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
                _metrics.Refuse(1, "queue_full");
                throw new StorageUnavailableException($"{MaxWaiting} visits are already waiting for storage.");
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
    /// Adds a dropped view to the tally with the next commit, at most once. It is lost when storage is unavailable for
    /// longer than the timeout or when the process is killed.
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

    /// <summary>Commits the waiting visits; each batch takes at most <see cref="CommitTimeout"/>.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task committing;
        lock (_lock)
        {
            committing = _committing;
        }

        await committing.WaitAsync(cancellationToken);
        using var limit = new CancellationTokenSource(ReleaseTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _committer.ReleaseAsync(either.Token);
        }
        catch (Exception exception) when (StorageFailures.Include(exception))
        {
            // The partition's mark then expires by itself.
        }
    }

    /// <summary>Number of views that wait for the start of their commit, and the waiting time of the oldest.</summary>
    private (int Views, TimeSpan Age) Queue
    {
        get
        {
            lock (_lock)
            {
                return _batches.FirstOrDefault(batch => batch.Visits.Count > 0) is { } first
                    ? (_waiting, _clock.GetElapsedTime(first.FirstAdded))
                    : (_waiting, TimeSpan.Zero);
            }
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
        while (DequeueBatch() is { } batch)
        {
            // Any failure completes the waiting requests and must not stop the loop.
            var (start, views) = (_clock.GetTimestamp(), batch.Visits.Count);
            using var span = PortalActivities.StartStep("commit");
            var commit = _committer.CommitAsync(++_sequence, batch);
            await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _metrics.Commit(_clock.GetElapsedTime(start), views, batch.Attempts, commit.IsCompletedSuccessfully);
            if (commit.Exception?.InnerException is { } failure)
            {
                // The stack trace is logged for bugs only, not for outages.
                var fault = failure is StorageUnavailableException ? null : failure;
                _metrics.Refuse(batch.Visits.Count, "storage");
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

    /// <summary>Null when the queue is empty; the next visit then restarts the loop.</summary>
    private CommitBatch? DequeueBatch()
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

    /// <summary>
    /// Completes the requests of views that are already counted. Commits a view that is claimed for another partition
    /// there, because the instance with the claim may have died; only the first transaction counts it.
    /// </summary>
    private async Task ResolveAsync(IReadOnlyList<SetAsideView> views)
    {
        foreach (var (pending, view) in views)
        {
            if (view.Partition == KnownView.Damaged)
            {
                _metrics.DamagedRow();
                Complete(pending, Task.FromException(new StorageUnavailableException(
                    $"Damaged row: the claim of view {view.ViewId} names no partition.")));
            }
            else if (view.Partition is { } partition && !await _committer.IsCountedAsync(partition, view.ViewId))
            {
                CommitIn(partition, pending);
            }
            else
            {
                Complete(pending, Task.CompletedTask);
            }
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

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Visits} visits were refused, and {Drops} dropped views were not tallied: {Reason}")]
        public static partial void BatchRefused(ILogger logger, Exception? fault, int visits, int drops, string reason);
    }
}
