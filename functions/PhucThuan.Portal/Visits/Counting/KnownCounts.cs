using System.Collections.Concurrent;
using Azure;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Cache of counter rows. The rows of a partition are valid for one version, the ETag of its fence row: every commit
/// replaces the fence, so cached rows are exact until the ETag changes. Commits of this instance update version and
/// rows without a read. Thread-safe.
/// </summary>
public sealed class KnownCounts
{
    /// <summary>
    /// Maximum number of rows per partition; above it, the rows are discarded. A row takes about 200 bytes.
    /// </summary>
    private const int MaxRows = 20_000;

    private readonly ConcurrentDictionary<int, Known> _partitions = new();

    /// <summary>The current partition of this instance; -1 before its first commit.</summary>
    internal int OwnPartition { get; set; } = -1;

    /// <summary>Version of the cached rows of the partition; null when it has no known fence.</summary>
    internal ETag? VersionOf(int partition) => Get(partition).Read(known => known.Version);

    /// <summary>Null on a cache miss at the current version.</summary>
    internal Counts? Find(int partition, string rowKey) => Get(partition).Read(known =>
        known.Rows.TryGetValue(rowKey, out var counts) ? counts : (Counts?)null);

    /// <summary>
    /// Values of the row after this instance's last commit to each partition. Other instances' commits do not discard
    /// them, so that no number is shown that is lower than an earlier one.
    /// </summary>
    internal IEnumerable<KeyValuePair<int, Counts>> CommittedTo(string rowKey) => _partitions
        .Select(pair => KeyValuePair.Create(
            pair.Key, pair.Value.Read(known => known.Committed.GetValueOrDefault(rowKey))))
        .Where(pair => pair.Value != default);

    /// <summary>Sets the version found in storage; discards the rows when it has changed.</summary>
    /// <returns>True when the version has changed.</returns>
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
    /// Caches a row that was read, unless the version has changed from <paramref name="version"/>: the row may then be
    /// older than a row that a commit has cached.
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

    /// <summary>Caches the rows of a commit of this instance that replaced version <paramref name="before"/>.</summary>
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
                // The values of articles are read from storage again; those of the site and of days remain.
                foreach (var rowKey in Committed.Keys.Where(VisitTable.IsOfArticle).ToList())
                {
                    Committed.Remove(rowKey);
                }
            }
        }
    }
}
