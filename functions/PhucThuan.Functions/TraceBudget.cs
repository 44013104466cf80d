using OpenTelemetry.Trace;

namespace PhucThuan.Functions;

/// <summary>
/// Samples a fixed number of traces per minute: all traces of a quiet portal, the first ones of a busy minute. This
/// bounds the amount of telemetry regardless of the number of readers.
/// </summary>
/// <param name="perMinute">Maximum number of traces per minute.</param>
/// <param name="clock">Null for the system clock.</param>
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

        // The comparison before the increment prevents an overflow in a busy minute.
        return new(Volatile.Read(ref _recorded) < perMinute && Interlocked.Increment(ref _recorded) <= perMinute);
    }
}
