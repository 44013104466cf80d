namespace PhucThuan.Portal.Visits;

/// <summary>Counts the distinct visitors that this instance saw in the last five minutes. Exact, bounded, in memory.</summary>
public sealed class OnlineVisitors(TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>
    /// About 10 MB. An instance that sees more visitors than this in five minutes forgets the one that was quiet
    /// longest, so the number stays at this.
    /// </summary>
    private const int MaxVisitors = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, LinkedListNode<Sighting>> _visitors = [];

    // The visitor who was quiet longest comes first.
    private readonly LinkedList<Sighting> _sightings = new();

    public void See(ulong visitor)
    {
        lock (_lock)
        {
            if (_visitors.Remove(visitor, out var known))
            {
                _sightings.Remove(known);
            }

            _visitors[visitor] = _sightings.AddLast(new Sighting(visitor, clock.GetTimestamp()));
            if (_visitors.Count > MaxVisitors)
            {
                RemoveFirst();
            }
        }
    }

    public int Count()
    {
        lock (_lock)
        {
            while (_sightings.First is { } first && clock.GetElapsedTime(first.Value.Timestamp) >= Window)
            {
                RemoveFirst();
            }

            return _visitors.Count;
        }
    }

    private void RemoveFirst()
    {
        _visitors.Remove(_sightings.First!.Value.Visitor);
        _sightings.RemoveFirst();
    }

    private readonly record struct Sighting(ulong Visitor, long Timestamp);
}
