namespace PhucThuan.Portal.Visits.Counting;

/// <summary>
/// A cached value that is refreshed in the background, by one load at a time. When a refresh fails, the value is kept
/// and the refresh is retried after <see cref="RetryInterval"/>.
/// </summary>
/// <param name="freshInterval">Age at which a request starts a refresh.</param>
internal sealed class Refreshed<T>(Func<T?, Task<T>> load, TimeSpan freshInterval, TimeProvider clock)
    where T : class
{
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(3);

    /// <summary>Age from which a request waits for the refresh, at most for <see cref="WaitLimit"/>.</summary>
    public static readonly TimeSpan OldAge = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan WaitLimit = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Task _loading = Task.CompletedTask;
    private T? _value;
    private long _loadedAt;
    private long? _attemptedAt;

    /// <exception cref="Exception">The first load failed; there is no value yet.</exception>
    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        var (value, age, loading) = BeginIfDue();
        if (value is null)
        {
            await loading.WaitAsync(cancellationToken);
        }
        else if (age >= OldAge)
        {
            await loading.WaitAsync(WaitLimit, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        lock (_lock)
        {
            return _value!;
        }
    }

    private (T? Value, TimeSpan Age, Task Loading) BeginIfDue()
    {
        lock (_lock)
        {
            var age = _value is null ? TimeSpan.MaxValue : clock.GetElapsedTime(_loadedAt);
            var mayTry = _value is null
                || _attemptedAt is null
                || clock.GetElapsedTime(_attemptedAt.Value) >= RetryInterval;
            if (age >= freshInterval && mayTry && _loading.IsCompleted)
            {
                _attemptedAt = clock.GetTimestamp();
                _loading = Task.Run(() => LoadAsync(_value));
            }

            return (_value, age, _loading);
        }
    }

    private async Task LoadAsync(T? former)
    {
        var start = clock.GetTimestamp();
        var value = await load(former);
        lock (_lock)
        {
            _value = value;
            _loadedAt = start;
        }
    }
}
