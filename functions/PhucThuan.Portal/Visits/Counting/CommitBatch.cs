using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// The visits and dropped views of one commit, summed by row. All rows of a visit are in the same batch, so a visit is
/// counted whole or not at all.
/// </summary>
internal sealed class CommitBatch
{
    /// <summary>A group transaction has at most 100 entities; one is the fence.</summary>
    private const int MaxRows = 99;

    private readonly Dictionary<string, Counts> _rows = [];
    private readonly List<PendingVisit> _visits = [];
    private readonly List<SetAsideView> _setAside = [];
    private int _views;

    /// <summary><see cref="TimeProvider.GetTimestamp"/> when the first visit was added.</summary>
    public long FirstAdded { get; private set; }

    /// <summary><see cref="TimeProvider.GetTimestamp"/> when the last visit was added.</summary>
    public long LastAdded { get; private set; }

    /// <summary>Visits with a waiting request; no request waits for a dropped view.</summary>
    public IReadOnlyList<PendingVisit> Visits => _visits;

    public int Drops { get; private set; }

    /// <summary>Number of attempts to commit the batch.</summary>
    public int Attempts { get; set; }

    public IReadOnlyDictionary<string, Counts> Rows => _rows;

    /// <summary>Ids of the views that have one. Each is written as a row.</summary>
    public IEnumerable<string> ViewIds => _visits.Select(pending => pending.Visit.ViewId).OfType<string>();

    /// <summary>
    /// The partition that the batch is bound to, because its view ids are claimed for it. Null for any partition.
    /// </summary>
    public int? Partition { get; private set; }

    /// <summary>True while an attempt whose response was lost may still take effect in its partition.</summary>
    public bool IsPending { get; set; }

    public void BindTo(int partition) => Partition = partition;

    /// <summary>False when the rows of the visit do not fit; none is added then.</summary>
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

        // A dropped view must not extend the timeout of the visits.
        LastAdded = _visits.Count == 0 ? now : LastAdded;
        Drops++;
        return true;
    }

    /// <summary>Removes a visit and its counts, because its view id already has a row.</summary>
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

    /// <summary>Returns and clears the visits that were set aside.</summary>
    public IReadOnlyList<SetAsideView> TakeSetAside()
    {
        SetAsideView[] taken = [.. _setAside];
        _setAside.Clear();
        return taken;
    }

    /// <summary>Completes all waiting requests with the outcome of the commit.</summary>
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
