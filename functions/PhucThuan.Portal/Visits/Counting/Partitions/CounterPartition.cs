using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Visits.Counting.Partitions;

/// <summary>
/// A partition of the counters, used by one writer. Every commit replaces the fence row with <c>If-Match</c>. This
/// guards all other rows of the partition, so their values can be cached. Not thread-safe: one commit at a time.
/// </summary>
internal sealed class CounterPartition(
    TableClient table, int number, string writer, KnownCounts known, TimeProvider clock)
{
    // Maximum number of cached rows; above it, the cache is cleared. A row takes about 200 bytes.
    private const int MaxRows = 20_000;

    private const int ConcurrentReads = 16;

    private readonly string _key = VisitTable.PartitionKey(number);
    private readonly ViewIds _views = new(table, clock);
    private readonly ConcurrentDictionary<string, Counts> _values = new();
    private Fence? _fence;

    // Null although _fence is set: the partition has no fence row yet.
    private ETag? _fenceETag;

    public int Number => number;

    /// <summary>Reads the fence and the rows of the batch into the cache.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    /// <exception cref="FormatException">A row is damaged.</exception>
    public async Task LoadAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        await LoadFenceAsync(cancellationToken);
        await LoadRowsAsync(batch.Rows.Keys, cancellationToken);
    }

    /// <summary>
    /// Commits a batch, unless the fence shows that an earlier attempt, whose response was lost, has succeeded. Sets
    /// aside views that already have a row.
    /// </summary>
    /// <returns>
    /// False when another writer has replaced the fence. Nothing of the batch is in the partition then, and no earlier
    /// attempt can still succeed, because each requires a fence that no longer exists.
    /// </returns>
    /// <exception cref="RequestFailedException">
    /// Storage failed. The commit may or may not have happened; retry it here, with the same sequence number.
    /// </exception>
    /// <exception cref="FormatException">A row is damaged. Nothing was written.</exception>
    public async Task<bool> CommitAsync(long sequence, CommitBatch batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            // A failed read does not invalidate the rows that are already cached.
            await LoadFenceAsync(cancellationToken);
            if (HasCommitted(sequence) || batch.Rows.Count == 0)
            {
                return true;
            }

            await LoadRowsAsync(batch.Rows.Keys, cancellationToken);
            try
            {
                batch.IsPending = true;
                await WriteAsync(sequence, batch, cancellationToken);
                return true;
            }
            catch (RequestFailedException failure) when (failure.Status is 409 or 412)
            {
                var attempted = _fenceETag;
                Forget();
                await LoadFenceAsync(cancellationToken);
                if (HasCommitted(sequence))
                {
                    // An earlier attempt, or a retry by the client library, has succeeded in the meantime.
                    return true;
                }

                if (_fenceETag != attempted)
                {
                    batch.IsPending = false;
                    return false;
                }

                // The fence is unchanged, so the conflict must be a view id that already has a row. That row makes
                // earlier attempts with the same view fail, too. Without such a row, an earlier attempt may still
                // succeed, and a commit in another partition would count the batch twice.
                if (!await SetKnownAsideAsync(batch, cancellationToken))
                {
                    throw;
                }
            }
            catch
            {
                Forget();
                throw;
            }
        }
    }

    private bool HasCommitted(long sequence) => _fence!.LastCommitOf(writer) >= sequence;

    private async Task LoadFenceAsync(CancellationToken cancellationToken)
    {
        if (_fence is not null)
        {
            return;
        }

        var row = await table.FindAsync(_key, VisitTable.FenceRow, cancellationToken);
        _fence = row is null ? Fence.Empty : Fence.FromEntity(row);
        _fenceETag = row?.ETag;
        known.Observe(number, _fenceETag);
    }

    /// <summary>
    /// Call after reading the fence: a row that changes later changes the fence, and the commit fails.
    /// </summary>
    private async Task LoadRowsAsync(IEnumerable<string> rowKeys, CancellationToken cancellationToken)
    {
        if (_values.Count > MaxRows)
        {
            _values.Clear();
        }

        await Parallel.ForEachAsync(
            rowKeys.Where(rowKey => !_values.ContainsKey(rowKey)),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (rowKey, token) =>
            {
                var row = await table.FindAsync(_key, rowKey, token);
                _values[rowKey] = row is null ? default : Counts.FromEntity(row);
            });
    }

    private async Task WriteAsync(long sequence, CommitBatch batch, CancellationToken cancellationToken)
    {
        var fence = _fence!.With(writer, sequence, clock.GetUtcNow());
        var fenceRow = fence.ToEntity(_key);
        var sums = batch.Rows.Select(row => KeyValuePair.Create(row.Key, _values[row.Key] + row.Value)).ToList();
        TableTransactionAction[] actions =
        [
            _fenceETag is { } etag
                ? new(TableTransactionActionType.UpdateReplace, fenceRow, etag)
                : new(TableTransactionActionType.Add, fenceRow),
            .. sums.Select(sum => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace, sum.Value.ToEntity(_key, sum.Key))),
            .. batch.ViewIds.Select(viewId => new TableTransactionAction(
                TableTransactionActionType.Add, _views.ToEntity(number, viewId))),
        ];

        var response = await table.SubmitTransactionAsync(actions, cancellationToken);
        var before = _fenceETag;
        _fence = fence;
        _fenceETag = response.Value[0].Headers.ETag;
        foreach (var (rowKey, counts) in sums)
        {
            _values[rowKey] = counts;
        }

        // Only rows that are read by key; the others would fill the cache for nothing.
        known.Commit(number, before, _fenceETag, sums.Where(sum => VisitTable.IsReadAlone(sum.Key)));
    }

    private async Task<bool> SetKnownAsideAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        var views = await _views.FindKnownAsync(number, batch, cancellationToken);
        foreach (var view in views)
        {
            batch.SetAside(view);
        }

        return views.Count > 0;
    }

    /// <summary>Clears the cache, which may be outdated after a failed write.</summary>
    private void Forget()
    {
        _fence = null;
        _fenceETag = null;
        _values.Clear();
    }
}
