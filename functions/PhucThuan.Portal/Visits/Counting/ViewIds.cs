using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Deduplicates views across retries and instances. The transaction that counts a view inserts a row with its id in the
/// same partition, so a second transaction there fails. A transaction in another partition would not fail. Therefore,
/// an instance that counts outside of <see cref="VisitTable.HomePartition"/> first inserts a claim there: an immutable
/// row that assigns the view id to a partition. An instance that finds a claim counts the view in the assigned
/// partition, unless it is already counted there. See docs/decisions/0001-visit-fence.md.
/// </summary>
internal sealed class ViewIds(TableClient table, TimeProvider clock)
{
    /// <summary>Time when the row was written, for <see cref="Statistics.VisitRetention"/>.</summary>
    internal const string TimeProperty = "Time";

    private const string PartitionProperty = "Partition";
    private const int ConcurrentReads = 16;

    /// <summary>The row that the transaction inserts when it counts the view.</summary>
    public TableEntity ToEntity(int partition, string viewId) =>
        new(VisitTable.PartitionKey(partition), VisitTable.ViewRow(viewId)) { [TimeProperty] = clock.GetUtcNow() };

    /// <summary>True when the partition has counted the view.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<bool> IsCountedAsync(int partition, string viewId, CancellationToken cancellationToken) =>
        await FindAsync(partition, viewId, cancellationToken) is { Partition: null };

    /// <summary>The batch's views that have a row in this partition.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    public async Task<IReadOnlyList<KnownView>> FindKnownAsync(
        int partition, CommitBatch batch, CancellationToken cancellationToken)
    {
        var known = new ConcurrentBag<KnownView>();
        await Parallel.ForEachAsync(
            batch.ViewIds,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (viewId, token) =>
            {
                if (await FindAsync(partition, viewId, token) is { } view)
                {
                    known.Add(view);
                }
            });
        return [.. known];
    }

    /// <summary>
    /// Claims all views of the batch for the partition, in one transaction. Sets aside the views that are already
    /// counted or claimed for another partition.
    /// </summary>
    /// <exception cref="RequestFailedException">
    /// Storage failed. The claims may or may not be written; a retry is safe.
    /// </exception>
    public async Task ClaimAsync(CommitBatch batch, int partition, CancellationToken cancellationToken)
    {
        var unclaimed = batch.ViewIds.ToHashSet();
        while (unclaimed.Count > 0)
        {
            try
            {
                await table.SubmitTransactionAsync(
                    unclaimed.Select(viewId =>
                        new TableTransactionAction(TableTransactionActionType.Add, ToClaim(viewId, partition))),
                    cancellationToken);
                return;
            }
            catch (RequestFailedException failure) when (failure.Status == 409)
            {
                var known = await FindKnownAsync(VisitTable.HomePartition, batch, cancellationToken);
                foreach (var view in known.Where(view => view.Partition != partition))
                {
                    batch.SetAside(view);
                }

                // A claim for this partition counts as success, such as one of an attempt whose response was lost.
                if (unclaimed.RemoveWhere(viewId => known.Any(view => view.ViewId == viewId)) == 0)
                {
                    throw;
                }
            }
        }
    }

    private TableEntity ToClaim(string viewId, int partition)
    {
        var claim = ToEntity(VisitTable.HomePartition, viewId);
        claim[PartitionProperty] = VisitTable.PartitionKey(partition);
        return claim;
    }

    private async Task<KnownView?> FindAsync(int partition, string viewId, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(
            VisitTable.PartitionKey(partition), VisitTable.ViewRow(viewId), cancellationToken);
        if (row is null)
        {
            return null;
        }

        if (!row.TryGetValue(PartitionProperty, out var value))
        {
            return new KnownView(viewId, null);
        }

        var isPartition = VisitTable.TryParsePartition(value as string ?? "", out var claimed);
        return new KnownView(viewId, isPartition ? claimed : KnownView.Damaged);
    }
}

/// <summary>A view whose id has a row.</summary>
/// <param name="Partition">
/// The partition of its claim; null when the view is counted; <see cref="Damaged"/> when the claim cannot be read.
/// </param>
internal sealed record KnownView(string ViewId, int? Partition)
{
    public const int Damaged = -1;
}
