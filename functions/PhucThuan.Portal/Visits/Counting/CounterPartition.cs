using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// One partition of the counters as one writer sees it. Every commit replaces the fence row on condition that it is
/// still the one that was read; that guards all other rows, whose values may therefore be kept in memory.
/// Not thread-safe: one commit at a time.
/// </summary>
internal sealed class CounterPartition(
    TableClient table, int number, string writer, CommittedCounts committed, TimeProvider clock)
{
    private const string WritersProperty = "Writers";

    // Rows kept in memory; beyond this they are read anew. A row takes about 200 bytes.
    private const int MaxRows = 20_000;

    private const int ConcurrentReads = 16;

    private readonly string _key = VisitTable.PartitionKey(number);
    private readonly ConcurrentDictionary<string, Counts> _values = new();
    private Fence? _fence;

    // Null with a fence in memory: the partition has no fence row yet.
    private ETag? _fenceETag;

    public int Number => number;

    /// <summary>
    /// Commits a batch unless the fence shows that an earlier attempt, whose answer was lost, has done so. False: another
    /// writer was faster, nothing of the batch is here, and nothing of it can still arrive (each attempt was made
    /// against a fence that is gone).
    /// </summary>
    /// <exception cref="RequestFailedException">
    /// Storage failed; the commit may or may not have happened, and must be tried again here, with the same number.
    /// </exception>
    public async Task<bool> CommitAsync(long sequence, CommitBatch batch, CancellationToken cancellationToken)
    {
        // A read that fails leaves what was read before as good as it was.
        await LoadFenceAsync(cancellationToken);
        if (HasCommitted(sequence))
        {
            return true;
        }

        await LoadRowsAsync(batch.Rows.Keys, cancellationToken);
        try
        {
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

            if (_fenceETag == attempted)
            {
                // Nobody was faster, so an earlier attempt may still arrive. Elsewhere the batch would then count twice.
                throw;
            }

            return false;
        }
        catch
        {
            Forget();
            throw;
        }
    }

    private bool HasCommitted(long sequence) => _fence!.LastCommitOf(writer) >= sequence;

    private async Task LoadFenceAsync(CancellationToken cancellationToken)
    {
        if (_fence is not null)
        {
            return;
        }

        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            _key, VisitTable.FenceRow, cancellationToken: cancellationToken);
        _fence = row.HasValue ? Fence.Parse(row.Value!.GetString(WritersProperty)) : Fence.Empty;
        _fenceETag = row.HasValue ? row.Value!.ETag : null;
    }

    /// <summary>Rows are read after the fence: were one changed in between, the commit would meet another fence.</summary>
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
                var row = await table.GetEntityIfExistsAsync<TableEntity>(_key, rowKey, cancellationToken: token);
                _values[rowKey] = row.HasValue ? Counts.FromEntity(row.Value!) : default;
            });
    }

    private async Task WriteAsync(long sequence, CommitBatch batch, CancellationToken cancellationToken)
    {
        var fence = _fence!.With(writer, sequence, clock.GetUtcNow());
        var fenceRow = new TableEntity(_key, VisitTable.FenceRow) { [WritersProperty] = fence.ToString() };
        var sums = batch.Rows.Select(row => KeyValuePair.Create(row.Key, _values[row.Key] + row.Value)).ToList();
        var actions = new List<TableTransactionAction>(sums.Count + 1)
        {
            _fenceETag is { } etag
                ? new(TableTransactionActionType.UpdateReplace, fenceRow, etag)
                : new(TableTransactionActionType.Add, fenceRow),
        };
        actions.AddRange(sums.Select(sum => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace, sum.Value.ToEntity(_key, sum.Key))));

        var response = await table.SubmitTransactionAsync(actions, cancellationToken);
        _fence = fence;
        _fenceETag = response.Value[0].Headers.ETag;
        foreach (var (rowKey, counts) in sums)
        {
            _values[rowKey] = counts;
            committed.Set(number, rowKey, counts);
        }
    }

    /// <summary>After a failure nothing in memory is certain any more.</summary>
    private void Forget()
    {
        _fence = null;
        _fenceETag = null;
        _values.Clear();
    }
}
