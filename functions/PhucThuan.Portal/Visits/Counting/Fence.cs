using System.Globalization;

namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// Content of a partition's fence row: the last commit of each writer that wrote there lately. The design has the id
/// of the last commit alone; with that, a writer whose answer was lost and who was then followed by another writer
/// could not tell whether its commit had happened. Immutable.
/// </summary>
/// <remarks>Stored as <c>writer:sequence:unixSeconds</c>, separated by commas.</remarks>
internal sealed class Fence
{
    /// <summary>
    /// How long a writer is remembered. It asks within seconds of its attempt, so clocks of instances may differ by
    /// almost this much. An entry takes 36 characters, a property of a row holds 32,768: there is room for 900 writers
    /// an hour in one partition of sixteen.
    /// </summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Entry> _entries;

    private Fence(Dictionary<string, Entry> entries) => _entries = entries;

    public static Fence Empty { get; } = new([]);

    /// <exception cref="FormatException">The row was written by something else.</exception>
    public static Fence Parse(string text)
    {
        var entries = new Dictionary<string, Entry>();
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = item.Split(':');
            if (parts.Length != 3)
            {
                throw new FormatException($"'{item}' is no writer:sequence:unixSeconds.");
            }

            entries[parts[0]] = new Entry(Number(parts[1]), DateTimeOffset.FromUnixTimeSeconds(Number(parts[2])));
        }

        return new Fence(entries);
    }

    /// <summary>Sequence number of the writer's last commit here, 0 when there is none.</summary>
    public long LastCommitOf(string writer) => _entries.TryGetValue(writer, out var entry) ? entry.Sequence : 0;

    public Fence With(string writer, long sequence, DateTimeOffset now)
    {
        var entries = _entries.Where(pair => now - pair.Value.Time < Memory).ToDictionary();
        entries[writer] = new Entry(sequence, now);
        return new Fence(entries);
    }

    public override string ToString() => string.Join(',', _entries.Select(pair => string.Create(
        CultureInfo.InvariantCulture, $"{pair.Key}:{pair.Value.Sequence}:{pair.Value.Time.ToUnixTimeSeconds()}")));

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private readonly record struct Entry(long Sequence, DateTimeOffset Time);
}
