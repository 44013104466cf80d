namespace PhucThuan.Tests.Visits.Counting;

/// <summary>
/// Pauses of up to a second elapse, and longer limits never do: storage is retried, and no visit is refused because the
/// machine is slow. The timestamp stands still, so ages are zero, and no periodic work of more than a second runs.
/// </summary>
internal sealed class PatientClock : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly long _start = System.GetTimestamp();

    public override long GetTimestamp() => _start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > LongestPause ? Timeout.InfiniteTimeSpan : dueTime, period);
}
