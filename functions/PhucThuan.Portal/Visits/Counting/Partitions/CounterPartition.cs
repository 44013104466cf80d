using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Visits.Counting.Partitions;

/// <summary>
/// One partition of the counters as one writer sees it. Every commit replaces the fence row on condition that it is
/// still the one that was read; that guards all other rows, whose values may therefore be kept in memory. Not
/// thread-safe: one commit at a time.
/// </summary>
internal sealed class CounterPartition(
    TableClient table, int number, string writer, KnownCounts known, TimeProvider clock)
{
    // Rows kept in memory; beyond this they are read again. A row takes about 200 bytes.
    private const int MaxRows = 20_000;

    private const int ConcurrentReads = 16;

    private readonly string _key = VisitTable.PartitionKey(number);
    private readonly ViewIds _views = new(table, clock);
    private readonly ConcurrentDictionary<string, Counts> _values = new();
    private Fence? _fence;

    // Null with a fence in memory: the partition has no fence row yet.
    private ETag? _fenceETag;

    public int Number => number;

    /// <summary>Reads what a commit of the batch needs.</summary>
    /// <exception cref="RequestFailedException">Storage failed.</exception>
    /// <exception cref="FormatException">A row is damaged.</exception>
    public async Task LoadAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        await LoadFenceAsync(cancellationToken);
        await LoadRowsAsync(batch.Rows.Keys, cancellationToken);
    }

    /// <summary>
    /// Commits a batch unless the fence shows that an earlier attempt, whose answer was lost, has done so. False:
    /// another writer was faster, nothing of the batch is here, and nothing of it can still arrive (each attempt was
    /// made against a fence that is gone). Views that are known already leave the batch.
    /// </summary>
    /// <exception cref="RequestFailedException">
    /// Storage failed; the commit may or may not have happened, and must be tried again here, with the same number.
    /// </exception>
    /// <exception cref="FormatException">A row is damaged. Nothing was written.</exception>
    public async Task<bool> CommitAsync(long sequence, CommitBatch batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            // A read that fails leaves what was read before as good as it was.
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
                    // Ours after all: an earlier attempt, or the client's own retry, has arrived in the meantime.
                    return true;
                }

                if (_fenceETag != attempted)
                {
                    batch.IsPending = false;
                    return false;
                }

                // Nobody was faster. A view that is known already explains the conflict, and makes every earlier
                // attempt with it fail as well. Without one an earlier attempt may still arrive: elsewhere it would
                // count twice.
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

    /// <summary>Rows are read after the fence: were one changed in between, the commit would meet another
    /// fence.</summary>
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

        // Days of articles and dropped views are written every time and read by ranges alone.
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

    /// <summary>After a failure nothing in memory is certain any more.</summary>
    private void Forget()
    {
        _fence = null;
        _fenceETag = null;
        _values.Clear();
    }
}
