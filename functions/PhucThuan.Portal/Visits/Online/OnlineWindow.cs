namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// The visitors of the last minutes, with one sketch per minute and key for this instance and one for all others. At
/// most about 30 sketches of 16 KiB. Thread-safe.
/// </summary>
/// <remarks>
/// The window has the current minute and the five before it, so a visitor is counted for at least five and less than
/// six minutes after the last request.
/// </remarks>
internal sealed class OnlineWindow(TimeProvider clock)
{
    /// <summary>
    /// Maximum delay before changes are written that contain no new visitor. Other instances already count these
    /// visitors for five minutes, so none is missing during the delay.
    /// </summary>
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(DateTimeOffset Minute, VisitorKeyId Key), OwnMinute> _own = [];
    private readonly Dictionary<(DateTimeOffset Minute, VisitorKeyId Key), VisitorSketch> _others = [];

    // The union of _own and _others per key, so that adding and counting are cheap.
    private readonly Dictionary<VisitorKeyId, VisitorSketch> _sums = [];
    private DateTimeOffset _present;

    // The visitors that were written since _announcedSince, or will be with the next write.
    private readonly Dictionary<VisitorKeyId, VisitorSketch> _announced = [];
    private DateTimeOffset _announcedSince;
    private bool _isDue = true;

    /// <summary>Maximum time that a visitor is counted after the last request.</summary>
    public static TimeSpan Length { get; } = 6 * Minute;

    /// <summary>Start of the oldest minute in the window.</summary>
    public DateTimeOffset First
    {
        get
        {
            lock (_lock)
            {
                Advance();
                return FirstMinute;
            }
        }
    }

    private DateTimeOffset FirstMinute => _present - Length + Minute;

    public void Add(VisitorKeyId key, ulong visitor)
    {
        lock (_lock)
        {
            Advance();
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
    /// Merges a row of another instance. Ignores a minute that is too old or more than a minute in the future, and a
    /// key that is not valid for the minute.
    /// </summary>
    public void Merge(DateTimeOffset minute, VisitorKeyId key, VisitorSketch sketch)
    {
        lock (_lock)
        {
            Advance();
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
    /// The maximum over all keys. No key counts a visitor twice, but a new key lacks the visitors before its first use;
    /// the previous key is also used until the window contains only times of the new one. A sum over keys would count
    /// visitors twice.
    /// </summary>
    public long Count()
    {
        lock (_lock)
        {
            Advance();
            return _sums.Values.Select(sum => sum.Count()).DefaultIfEmpty().Max();
        }
    }

    /// <summary>
    /// The minutes of this instance that have changed since they were last written. Empty without a new visitor, except
    /// after <see cref="LongestDelay"/>. Omits sketches under an unshared key, which other instances cannot merge.
    /// </summary>
    public IReadOnlyList<ChangedMinute> Changed()
    {
        lock (_lock)
        {
            Advance();
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

    /// <summary>Makes all changes due after <see cref="LongestDelay"/>, even without a new visitor.</summary>
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

    private void Advance()
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

        /// <summary>Version in which the last new visitor was added.</summary>
        public long NewsVersion { get; set; }

        public long WrittenVersion { get; set; }
    }
}

/// <param name="Sketch">In the format of <see cref="VisitorSketch.ToBytes"/>.</param>
/// <param name="Version">Detects visitors that are added during the write.</param>
internal sealed record ChangedMinute(DateTimeOffset Minute, VisitorKeyId Key, byte[] Sketch, long Version);
