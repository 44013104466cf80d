using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Commits one batch after the other: chooses the partition, claims the view ids, commits, and retries what failed
/// until it is known whether it happened. Not thread-safe.
/// </summary>
internal sealed partial class BatchCommitter(
    TableClient table, PartitionRegistry registry, KnownCounts known, PortalMetrics metrics, TimeProvider clock,
    ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ViewIds _views = new(table, clock);
    private readonly PartitionChoice _choice = new(table, registry, known, metrics, clock, logger);

    /// <summary>
    /// Commits the batch; a failure of storage is retried until <see cref="VisitCounter.Patience"/> has passed.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The batch was not committed, or it is unknown.</exception>
    public async Task CommitAsync(long sequence, CommitBatch batch)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            using var limit = new CancellationTokenSource(Remaining(batch), clock);
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

                Log.CommitFailed(logger, sequence, exception.GetBaseException().Message);
            }

            await Task.Delay(pause, clock, CancellationToken.None);
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
                batch.Attempts++;
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
                // message.
                metrics.DamagedRow();
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

    /// <summary>Whether the view is counted in the partition. False also when storage failed: the commit will show
    /// it.</summary>
    public async Task<bool> IsCountedAsync(int partition, string viewId)
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

    /// <summary>For a shutdown: the next instance may begin in this partition at once.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => _choice.ReleaseAsync(cancellationToken);

    private TimeSpan Remaining(CommitBatch batch)
    {
        var remaining = VisitCounter.Patience - clock.GetElapsedTime(batch.LastAdded);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Commit {Sequence} got no answer; the fence will show its outcome: {Reason}")]
        public static partial void CommitFailed(ILogger logger, long sequence, string reason);
    }
}
