using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// The visits and dropped views that go into one commit, added up by row. All rows of a visit are in the same batch, so
/// that a visit is counted whole or not at all.
/// </summary>
internal sealed class CommitBatch
{
    /// <summary>Of the 100 entities of a group transaction, one is the fence.</summary>
    private const int MaxRows = 99;

    // Continuations elsewhere: a waiting request must not run on, and delay, the loop that commits.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Dictionary<string, Counts> _rows = [];

    /// <summary>When the last visit came, as <see cref="TimeProvider.GetTimestamp"/> tells it.</summary>
    public long LastAdded { get; private set; }

    /// <summary>How many wait for <see cref="Completion"/>; dropped views do not.</summary>
    public int Visits { get; private set; }

    public int Drops { get; private set; }

    public IReadOnlyDictionary<string, Counts> Rows => _rows;

    /// <summary>Ends when the batch is committed; fails when it was given up.</summary>
    public Task Completion => _completion.Task;

    /// <summary>False when the visit would not fit any more; nothing of it is added then.</summary>
    public bool TryAdd(Visit visit, long now)
    {
        if (!TryAdd(visit.Rows, visit.Counts))
        {
            return false;
        }

        Visits++;
        LastAdded = now;
        return true;
    }

    /// <summary>False when the row would not fit any more.</summary>
    public bool TryAddDrop(DateOnly day, DropReason reason, long now)
    {
        if (!TryAdd([VisitTable.DroppedRow(day, reason)], new Counts(0, 1)))
        {
            return false;
        }

        // Visits that wait are not to wait longer for it.
        LastAdded = Visits == 0 ? now : LastAdded;
        Drops++;
        return true;
    }

    /// <summary>What became of the commit becomes of everybody who waits.</summary>
    public void Complete(Task commit) => _completion.SetFromTask(commit);

    private bool TryAdd(IReadOnlyList<string> rows, Counts counts)
    {
        if (_rows.Count + rows.Count(row => !_rows.ContainsKey(row)) > MaxRows)
        {
            return false;
        }

        foreach (var row in rows)
        {
            _rows[row] = _rows.GetValueOrDefault(row) + counts;
        }

        return true;
    }
}
