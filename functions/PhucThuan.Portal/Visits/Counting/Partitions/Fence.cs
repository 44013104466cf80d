using System.Globalization;
using Azure.Data.Tables;

namespace PhucThuan.Portal.Visits.Counting.Partitions;

/// <summary>
/// Content of a partition's fence row: the last commit of each recent writer. The id of the last commit alone would not
/// be enough: after a commit by another writer, a writer whose response was lost could not find out whether its own
/// commit has happened. Immutable.
/// </summary>
/// <remarks>Stored as <c>writer:sequence:unixSeconds</c>, separated by commas.</remarks>
internal sealed class Fence
{
    private const string WritersProperty = "Writers";

    /// <summary>
    /// How long an entry is kept. A writer reads the fence within seconds of its attempt, so the clocks of instances
    /// may differ by almost an hour. An entry has 36 characters and a string property at most 32,768, so a partition
    /// can have 900 writers per hour.
    /// </summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Entry> _entries;

    private Fence(Dictionary<string, Entry> entries) => _entries = entries;

    public static Fence Empty { get; } = new([]);

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Fence FromEntity(TableEntity row) =>
        row.TryGetValue(WritersProperty, out var value) && value is string text
            ? Parse(text)
            : throw new FormatException($"{WritersProperty} is '{value}', not a string.");

    /// <exception cref="FormatException">The text is not a fence.</exception>
    public static Fence Parse(string text)
    {
        var entries = new Dictionary<string, Entry>();
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = item.Split(':');
            if (parts.Length != 3 || parts[0].Length == 0
                || !TryParse(parts[1], long.MaxValue, out var sequence)
                || !TryParse(parts[2], DateTimeOffset.MaxValue.ToUnixTimeSeconds(), out var seconds))
            {
                throw new FormatException($"'{item}' is not writer:sequence:unixSeconds.");
            }

            entries[parts[0]] = new Entry(sequence, DateTimeOffset.FromUnixTimeSeconds(seconds));
        }

        return new Fence(entries);
    }

    /// <summary>Sequence number of the writer's last commit in this partition; 0 without one.</summary>
    public long LastCommitOf(string writer) => _entries.TryGetValue(writer, out var entry) ? entry.Sequence : 0;

    public Fence With(string writer, long sequence, DateTimeOffset now)
    {
        var entries = _entries.Where(pair => now - pair.Value.Time < Memory).ToDictionary();
        entries[writer] = new Entry(sequence, now);
        return new Fence(entries);
    }

    public TableEntity ToEntity(string partitionKey) =>
        new(partitionKey, VisitTable.FenceRow) { [WritersProperty] = ToString() };

    public override string ToString() => string.Join(',', _entries.Select(pair => string.Create(
        CultureInfo.InvariantCulture, $"{pair.Key}:{pair.Value.Sequence}:{pair.Value.Time.ToUnixTimeSeconds()}")));

    private static bool TryParse(string text, long max, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;

    private readonly record struct Entry(long Sequence, DateTimeOffset Time);
}
