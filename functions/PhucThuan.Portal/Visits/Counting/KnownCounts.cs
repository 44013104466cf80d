using System.Collections.Concurrent;
using Azure;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Counter rows in memory, each partition's valid for one version. The version of a partition is the ETag of its fence
/// row: every commit replaces the fence, so rows read under a version stay exact until the ETag changes. This
/// instance's own commits move the version on and bring the rows with them, without a read. Thread-safe.
/// </summary>
public sealed class KnownCounts
{
    /// <summary>Rows of one partition; beyond this they are read again. A row takes about 200 bytes.</summary>
    private const int MaxRows = 20_000;

    private readonly ConcurrentDictionary<int, Known> _partitions = new();

    /// <summary>The partition in which this instance counts now; -1 before its first commit.</summary>
    internal int OwnPartition { get; set; } = -1;

    /// <summary>The version under which rows of the partition are known; null when no fence was seen.</summary>
    internal ETag? VersionOf(int partition) => Get(partition).Read(known => known.Version);

    /// <summary>Null when the row is not known at the partition's present version.</summary>
    internal Counts? Find(int partition, string rowKey) => Get(partition).Read(known =>
        known.Rows.TryGetValue(rowKey, out var counts) ? counts : (Counts?)null);

    /// <summary>
    /// What this instance's commits left in the row, by partition. It stays known when another instance has changed the
    /// partition: a number is never shown lower than that.
    /// </summary>
    internal IEnumerable<KeyValuePair<int, Counts>> CommittedTo(string rowKey) => _partitions
        .Select(pair => KeyValuePair.Create(
            pair.Key, pair.Value.Read(known => known.Committed.GetValueOrDefault(rowKey))))
        .Where(pair => pair.Value != default);

    /// <summary>Notes the version that storage has; rows of another version are forgotten.</summary>
    /// <returns>Whether the version is another one than before.</returns>
    internal bool Observe(int partition, ETag? version) => Get(partition).Read(known =>
    {
        if (known.Version == version)
        {
            return false;
        }

        known.Version = version;
        known.Rows.Clear();
        return true;
    });

    /// <summary>
    /// Keeps a row that was read, unless the version has changed since <paramref name="version"/> was current: the row
    /// may then be older than what a commit has left in memory.
    /// </summary>
    internal void Keep(int partition, ETag? version, string rowKey, Counts counts) => Get(partition).Read(known =>
    {
        if (known.Version == version)
        {
            known.Trim();
            known.Rows[rowKey] = counts;
        }

        return true;
    });

    /// <summary>A commit of this instance replaced version <paramref name="before"/>.</summary>
    internal void Commit(
        int partition, ETag? before, ETag? after, IEnumerable<KeyValuePair<string, Counts>> rows) =>
        Get(partition).Read(known =>
        {
            if (known.Version != before)
            {
                known.Rows.Clear();
            }

            known.Version = after;
            known.Trim();
            foreach (var (rowKey, counts) in rows)
            {
                known.Rows[rowKey] = counts;
                known.Committed[rowKey] = counts;
            }

            return true;
        });

    private Known Get(int partition) => _partitions.GetOrAdd(partition, _ => new Known());

    private sealed class Known
    {
        private readonly Lock _lock = new();

        public ETag? Version { get; set; }

        public Dictionary<string, Counts> Rows { get; } = [];

        public Dictionary<string, Counts> Committed { get; } = [];

        public T Read<T>(Func<Known, T> action)
        {
            lock (_lock)
            {
                return action(this);
            }
        }

        public void Trim()
        {
            if (Rows.Count >= MaxRows)
            {
                Rows.Clear();
            }

            if (Committed.Count >= MaxRows)
            {
                // Articles are read from storage again; the site and the day stay.
                foreach (var rowKey in Committed.Keys.Where(VisitTable.IsOfArticle).ToList())
                {
                    Committed.Remove(rowKey);
                }
            }
        }
    }
}
