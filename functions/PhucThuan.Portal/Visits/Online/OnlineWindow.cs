namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// The visitors of the last minutes, in one sketch for each minute and key: what this instance saw, and what others
/// wrote. At most some 30 sketches of 16 KiB. Thread-safe.
/// </summary>
/// <remarks>
/// The present minute and the five before it: a visitor is counted for at least five minutes after the last sign, and
/// for less than six.
/// </remarks>
internal sealed class OnlineWindow(TimeProvider clock)
{
    /// <summary>
    /// The latest time at which the signs of visitors are written whom other instances know already: these count a
    /// visitor for five minutes, so nobody is missed meanwhile.
    /// </summary>
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(DateTimeOffset Minute, VisitorKeyId Key), OwnMinute> _own = [];
    private readonly Dictionary<(DateTimeOffset Minute, VisitorKeyId Key), VisitorSketch> _others = [];

    // All of the above together, so that a visitor or a question costs little.
    private readonly Dictionary<VisitorKeyId, VisitorSketch> _sums = [];
    private DateTimeOffset _present;

    // Visitors of whom a sign is written, or will be with the next turn, since a moment at most LongestDelay ago.
    private readonly Dictionary<VisitorKeyId, VisitorSketch> _announced = [];
    private DateTimeOffset _announcedSince;
    private bool _isDue = true;

    /// <summary>The longest time that a visitor is counted after the last sign.</summary>
    public static TimeSpan Length { get; } = 6 * Minute;

    /// <summary>The oldest minute that is counted.</summary>
    public DateTimeOffset First
    {
        get
        {
            lock (_lock)
            {
                MoveOn();
                return FirstMinute;
            }
        }
    }

    private DateTimeOffset FirstMinute => _present - Length + Minute;

    public void Add(VisitorKeyId key, ulong visitor)
    {
        lock (_lock)
        {
            MoveOn();
            if (!_own.TryGetValue((_present, key), out var own))
            {
                _own[(_present, key)] = own = new OwnMinute();
            }

            if (own.Sketch.Add(visitor))
            {
                own.Version++;
                SumOf(key).Add(visitor);
                own.NewsVersion = SketchOf(_announced, key).Add(visitor) ? own.Version : own.NewsVersion;
            }
        }
    }

    /// <summary>
    /// Takes in what an instance wrote; nothing when it is too old, further ahead than clocks differ, or under a key
    /// that the minute cannot have.
    /// </summary>
    public void Merge(DateTimeOffset minute, VisitorKeyId key, VisitorSketch sketch)
    {
        lock (_lock)
        {
            MoveOn();
            var day = VietnamTime.DayOf(minute);
            if (!IsCounted(minute) || key.Day > day || key.Day < day.AddDays(-1))
            {
                return;
            }

            if (!_others.TryGetValue((minute, key), out var others))
            {
                _others[(minute, key)] = others = new VisitorSketch();
            }

            others.Merge(sketch);
            SumOf(key).Merge(sketch);
        }
    }

    /// <summary>
    /// Under each key a visitor is counted at most once, so no key overcounts, and the one with the largest number
    /// misses fewest. While the former key is in use beside a new one, the window is whole under the former until it
    /// lies wholly in the new one's time. Sums would count visitors twice.
    /// </summary>
    public long Count()
    {
        lock (_lock)
        {
            MoveOn();
            return _sums.Values.Select(sum => sum.Count()).DefaultIfEmpty().Max();
        }
    }

    /// <summary>
    /// The own minutes that have changed since they were last written, when one of them has a visitor whom the others
    /// do not know, or after <see cref="LongestDelay"/>. Those under a key of our own are of no use to others.
    /// </summary>
    public IReadOnlyList<ChangedMinute> Changed()
    {
        lock (_lock)
        {
            MoveOn();
            ForgetAnnounced();
            var changed = _own
                .Where(own => own.Key.Key.Shared && own.Value.Version != own.Value.WrittenVersion)
                .ToList();
            return _isDue || changed.Exists(own => own.Value.NewsVersion > own.Value.WrittenVersion)
                ? [.. changed.Select(own => new ChangedMinute(
                    own.Key.Minute, own.Key.Key, own.Value.Sketch.ToBytes(), own.Value.Version))]
                : [];
        }
    }

    public void Written(IEnumerable<ChangedMinute> rows)
    {
        lock (_lock)
        {
            _isDue = false;
            foreach (var row in rows)
            {
                if (_own.TryGetValue((row.Minute, row.Key), out var own))
                {
                    own.WrittenVersion = row.Version;
                }
            }
        }
    }

    /// <summary>After <see cref="LongestDelay"/> all that changed is written, whoever it was.</summary>
    private void ForgetAnnounced()
    {
        var now = clock.GetUtcNow();
        if (now - _announcedSince < LongestDelay)
        {
            return;
        }

        _announced.Clear();
        (_announcedSince, _isDue) = (now, true);
        foreach (var (key, own) in _own.Where(own => own.Key.Minute == _present))
        {
            SketchOf(_announced, key.Key).Merge(own.Sketch);
        }
    }

    private void MoveOn()
    {
        var now = clock.GetUtcNow();
        var present = now - TimeSpan.FromTicks(now.UtcTicks % Minute.Ticks);
        if (present == _present)
        {
            return;
        }

        _present = present;
        foreach (var past in _own.Keys.Where(key => !IsCounted(key.Minute)).ToList())
        {
            _own.Remove(past);
        }

        foreach (var past in _others.Keys.Where(key => !IsCounted(key.Minute)).ToList())
        {
            _others.Remove(past);
        }

        _sums.Clear();
        foreach (var (key, own) in _own)
        {
            SumOf(key.Key).Merge(own.Sketch);
        }

        foreach (var (key, others) in _others)
        {
            SumOf(key.Key).Merge(others);
        }
    }

    private bool IsCounted(DateTimeOffset minute) => minute >= FirstMinute && minute <= _present + Minute;

    private VisitorSketch SumOf(VisitorKeyId key) => SketchOf(_sums, key);

    private static VisitorSketch SketchOf(Dictionary<VisitorKeyId, VisitorSketch> sketches, VisitorKeyId key)
    {
        if (!sketches.TryGetValue(key, out var sketch))
        {
            sketches[key] = sketch = new VisitorSketch();
        }

        return sketch;
    }

    private sealed class OwnMinute
    {
        public VisitorSketch Sketch { get; } = new();

        public long Version { get; set; }

        /// <summary>The version that brought the last visitor whom the others did not know.</summary>
        public long NewsVersion { get; set; }

        public long WrittenVersion { get; set; }
    }
}

/// <param name="Sketch">As <see cref="VisitorSketch.ToBytes"/> makes.</param>
/// <param name="Version">Tells whether more visitors came while it was being written.</param>
internal sealed record ChangedMinute(DateTimeOffset Minute, VisitorKeyId Key, byte[] Sketch, long Version);
