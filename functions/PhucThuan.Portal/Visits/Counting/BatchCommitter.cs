using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Commits one batch at a time: chooses the partition, claims the view ids, commits, and retries until the outcome is
/// known. Not thread-safe.
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
    /// Commits the batch. Retries storage failures until <see cref="VisitCounter.CommitTimeout"/> has elapsed.
    /// </summary>
    /// <exception cref="StorageUnavailableException">
    /// The batch was not committed, or the outcome is unknown.
    /// </exception>
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
                // The commit may have happened: retry in the same partition, with the same sequence number.
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
    /// Commits in the partition that the batch is bound to, otherwise in the current partition of this instance. Only
    /// an unbound batch may move to another partition.
    /// </summary>
    private async Task CommitAsync(long sequence, CommitBatch batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            var partition = await _choice.GetAsync(batch.Partition, cancellationToken);
            try
            {
                await ClaimAsync(batch, partition, cancellationToken);
                batch.Attempts++;
                if (await partition.CommitAsync(sequence, batch, cancellationToken))
                {
                    _choice.Succeeded();
                    return;
                }

                await _choice.MoveAwayAsync(partition, cancellationToken);
            }
            catch (FormatException damage) when (batch is { Partition: null, IsPending: false })
            {
                _choice.Leave(partition, damage);
            }
            catch (FormatException damage)
            {
                // A commit in another partition could count the batch twice. No inner exception, because the log has
                // the message of the innermost one.
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

        // Read rows before claiming: a damaged row must be found while the batch can still move to another partition.
        await partition.LoadAsync(batch, cancellationToken);
        await _views.ClaimAsync(batch, partition.Number, cancellationToken);
        batch.BindTo(partition.Number);
    }

    /// <summary>
    /// True when the partition has counted the view. False also when storage failed; the commit then detects it.
    /// </summary>
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

    /// <summary>Call at shutdown, so that the next instance can use this partition at once.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => _choice.ReleaseAsync(cancellationToken);

    private TimeSpan Remaining(CommitBatch batch)
    {
        var remaining = VisitCounter.CommitTimeout - clock.GetElapsedTime(batch.LastAdded);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "No response to commit {Sequence}; the fence will show the outcome: {Reason}")]
        public static partial void CommitFailed(ILogger logger, long sequence, string reason);
    }
}
