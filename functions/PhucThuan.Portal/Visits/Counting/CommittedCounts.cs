using System.Collections.Concurrent;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// What this instance's own commits left in the rows. Numbers are read from storage every few seconds only; with
/// these, a reader sees the own visit counted at once.
/// </summary>
public sealed class CommittedCounts
{
    // Forgetting is harmless, it only makes a number a few seconds older.
    private const int MaxRows = 50_000;

    private readonly ConcurrentDictionary<(int Partition, string RowKey), Counts> _counts = new();

    public void Set(int partition, string rowKey, Counts counts)
    {
        if (_counts.Count >= MaxRows)
        {
            _counts.Clear();
        }

        _counts[(partition, rowKey)] = counts;
    }

    /// <summary>The row's counts, zero when this instance never wrote it.</summary>
    public Counts Get(int partition, string rowKey) => _counts.GetValueOrDefault((partition, rowKey));
}
