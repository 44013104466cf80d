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
                _metrics.Refuse(1, "queue_full");
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
            await _committer.ReleaseAsync(limit.Token);
        }
        catch (Exception exception) when (StorageFailures.Include(exception))
        {
            // The mark expires.
        }
    }

    /// <summary>The views that wait for their commit to begin, and the age of the first of them.</summary>
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
        while (TakeBatch() is { } batch)
        {
            // A failure is for those who wait, whatever it was, and the next batch must be tried.
            var (start, views) = (_clock.GetTimestamp(), batch.Visits.Count);
            using var span = PortalActivities.StartStep("commit");
            var commit = _committer.CommitAsync(++_sequence, batch);
            await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _metrics.Commit(_clock.GetElapsedTime(start), views, batch.Attempts, commit.IsCompletedSuccessfully);
            if (commit.Exception?.InnerException is { } failure)
            {
                // An outage is logged in one line; a bug with its stack trace.
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

    /// <summary>Null when nothing waits any more; the next visit then restarts the loop.</summary>
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
            Message = "{Visits} visits were refused and {Drops} dropped views not tallied: {Reason}")]
        public static partial void BatchRefused(ILogger logger, Exception? fault, int visits, int drops, string reason);
    }
}
