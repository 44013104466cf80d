using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// The visits and dropped views of one commit, summed by row. All rows of a visit are in the same batch, so a visit is
/// counted whole or not at all.
/// </summary>
internal sealed class CommitBatch
{
    /// <summary>A group transaction takes 100 entities; one is the fence.</summary>
    private const int MaxRows = 99;

    private readonly Dictionary<string, Counts> _rows = [];
    private readonly List<PendingVisit> _visits = [];
    private readonly List<SetAsideView> _setAside = [];
    private int _views;

    /// <summary>When the first visit was added, a timestamp of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long FirstAdded { get; private set; }

    /// <summary>When the last visit was added, a timestamp of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long LastAdded { get; private set; }

    /// <summary>Visits whose requests wait; nobody waits for dropped views.</summary>
    public IReadOnlyList<PendingVisit> Visits => _visits;

    public int Drops { get; private set; }

    /// <summary>How often a commit of the batch was tried.</summary>
    public int Attempts { get; set; }

    public IReadOnlyDictionary<string, Counts> Rows => _rows;

    /// <summary>Ids of the views, where they have one. Each becomes a row of its own.</summary>
    public IEnumerable<string> ViewIds => _visits.Select(pending => pending.Visit.ViewId).OfType<string>();

    /// <summary>
    /// The partition in which the batch must be committed, because its view ids are claimed for it. Null while any will
    /// do.
    /// </summary>
    public int? Partition { get; private set; }

    /// <summary>Whether an attempt to commit may still arrive in the partition where it was made.</summary>
    public bool IsPending { get; set; }

    public void BindTo(int partition) => Partition = partition;

    /// <summary>False when the visit does not fit; nothing of it is added then.</summary>
    public bool TryAdd(PendingVisit pending, long now)
    {
        var views = pending.Visit.ViewId is null ? 0 : 1;
        if (!TryAdd(pending.Visit.Rows, pending.Visit.Counts, views))
        {
            return false;
        }

        _views += views;
        FirstAdded = _visits.Count == 0 ? now : FirstAdded;
        _visits.Add(pending);
        LastAdded = now;
        return true;
    }

    /// <summary>False when the row does not fit.</summary>
    public bool TryAddDrop(DateOnly day, DropReason reason, long now)
    {
        if (!TryAdd([VisitTable.DroppedRow(day, reason)], new Counts(0, 1), views: 0))
        {
            return false;
        }

        // Visits that wait must not wait longer for it.
        LastAdded = _visits.Count == 0 ? now : LastAdded;
        Drops++;
        return true;
    }

    /// <summary>Takes out a visit and its counts, because its view is known already.</summary>
    public void SetAside(KnownView view)
    {
        var pending = _visits.Single(visit => visit.Visit.ViewId == view.ViewId);
        _visits.Remove(pending);
        _setAside.Add(new SetAsideView(pending, view));
        _views--;
        foreach (var row in pending.Visit.Rows)
        {
            var rest = _rows[row] + pending.Visit.Counts.Negate();
            if (rest == default)
            {
                _rows.Remove(row);
            }
            else
            {
                _rows[row] = rest;
            }
        }
    }

    /// <summary>The visits that were set aside since the last call.</summary>
    public IReadOnlyList<SetAsideView> TakeSetAside()
    {
        SetAsideView[] taken = [.. _setAside];
        _setAside.Clear();
        return taken;
    }

    /// <summary>The outcome of the commit becomes that of every request that waits.</summary>
    public void Complete(Task commit) => _visits.ForEach(pending => pending.Complete(commit));

    private bool TryAdd(IReadOnlyList<string> rows, Counts counts, int views)
    {
        if (_rows.Count + _views + views + rows.Count(row => !_rows.ContainsKey(row)) > MaxRows)
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

internal sealed record SetAsideView(PendingVisit Pending, KnownView Known);
