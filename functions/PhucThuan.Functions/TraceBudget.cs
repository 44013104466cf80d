using OpenTelemetry.Trace;

namespace PhucThuan.Functions;

/// <summary>
/// Records so many traces each minute: all of a quiet portal, the first ones of a busy minute. What is sent is bounded
/// by time, however many readers come.
/// </summary>
/// <param name="perMinute">Number of traces.</param>
/// <param name="clock">Null for the system's.</param>
internal sealed class TraceBudget(int perMinute, TimeProvider? clock = null) : Sampler
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long _minute;
    private int _recorded;

    /// <inheritdoc />
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var minute = _clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        if (Interlocked.Exchange(ref _minute, minute) != minute)
        {
            Volatile.Write(ref _recorded, 0);
        }

        // Read first: the number must not wrap around in a busy minute.
        return new(Volatile.Read(ref _recorded) < perMinute && Interlocked.Increment(ref _recorded) <= perMinute);
    }
}
