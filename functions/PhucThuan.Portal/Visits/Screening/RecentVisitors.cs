using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>
/// Detects repeated views within 30 minutes for browsers without JavaScript or local storage, which cannot do so
/// themselves. The data are in the memory of this instance only.
/// </summary>
public sealed class RecentVisitors(TimeProvider clock)
{
    /// <summary>Within this time, a second view of an article is a repeat, and a visitor has not been away.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    // Two generations of at most this many entries, about 4 MB each. A view that is evicted early counts once more.
    private const int MaxEntries = 100_000;

    private readonly Lock _lock = new();

    // Random and never stored. It does not change daily, because no hash is kept for longer than an hour.
    private readonly byte[] _key = VisitorKey.NewSecret();
    private Dictionary<ulong, long> _young = [];
    private Dictionary<ulong, long> _old = [];
    private long _youngSince = clock.GetTimestamp();

    /// <summary>
    /// Adds a view that is to be counted; null for a repeat. Atomic: of two concurrent equal views, exactly one is
    /// added.
    /// </summary>
    public RecentView? TryBegin(HttpRequest request, string slug)
    {
        var visitor = VisitorHash.Of(request, _key);
        var view = VisitorHash.Of(request, _key, slug);
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            TurnGeneration(now);
            var wasHere = Knows(visitor, now);
            _young[visitor] = now;
            return !Knows(view, now) && _young.TryAdd(view, now)
                ? new RecentView(visitor, view, StartsVisit: !wasHere)
                : null;
        }
    }

    /// <summary>Removes a view that could not be counted, so that the retry is not a repeat.</summary>
    public void Undo(RecentView view)
    {
        lock (_lock)
        {
            Forget(view.View);
            if (view.StartsVisit)
            {
                Forget(view.Visitor);
            }
        }
    }

    private void TurnGeneration(long now)
    {
        if (_young.Count >= MaxEntries || clock.GetElapsedTime(_youngSince, now) >= Memory)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
            _youngSince = now;
        }
    }

    private bool Knows(ulong hash, long now) =>
        (_young.TryGetValue(hash, out var seen) || _old.TryGetValue(hash, out seen))
        && clock.GetElapsedTime(seen, now) < Memory;

    private void Forget(ulong hash)
    {
        _young.Remove(hash);
        _old.Remove(hash);
    }
}

/// <summary>An entry of <see cref="RecentVisitors"/>.</summary>
/// <param name="Visitor">Hash of the visitor.</param>
/// <param name="View">Hash of visitor and article.</param>
/// <param name="StartsVisit">True when the visitor was away for <see cref="RecentVisitors.Memory"/>.</param>
public sealed record RecentView(ulong Visitor, ulong View, bool StartsVisit);
