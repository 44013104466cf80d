using Microsoft.Extensions.Logging;
using PhucThuan.Hosting.Apps;
using PhucThuan.Hosting.Rpc;

namespace PhucThuan.Hosting.Workers;

/// <summary>
/// Runs functions on their schedules, in UTC as in Azure. Keeps no state: the real host stores the last run in its
/// storage account and catches up on a missed run.
/// </summary>
internal sealed class TimerTriggers : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly WorkerSupervisor _workers;
    private readonly TimeProvider _clock;
    private readonly HostLog _log;
    private readonly Task _running;

    /// <exception cref="FunctionsHostException">A schedule is invalid.</exception>
    public TimerTriggers(
        FunctionApp app,
        WorkerSupervisor workers,
        FunctionsHostOptions options,
        TimeProvider clock,
        HostLog log)
    {
        _workers = workers;
        _clock = clock;
        _log = log;
        var timers = app.Functions.Where(function => function.Timer is not null)
            .Select(function => (function, Next: TimerSchedule.Parse(function, options.Settings)))
            .ToList();
        _running = Task.WhenAll(timers.Select(timer => RunAsync(timer.function, timer.Next, _ending.Token)));
    }

    /// <summary>Runs a function now, regardless of its schedule.</summary>
    /// <exception cref="FunctionsHostException">The function failed.</exception>
    public async Task RunNowAsync(Function function, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        if (
            await TryInvokeAsync(
                Invocation.ForTimer(function, due: null, last: default, next: now),
                cancellationToken
            ) is
            { } failure)
        {
            throw new FunctionsHostException($"Function {function.Name} failed: {failure}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
    }

    private async Task RunAsync(Function function, Func<DateTime, DateTime> next, CancellationToken ending)
    {
        try
        {
            DateTime last = default;
            var due = function.Timer!.RunOnStartup ? Now() : next(Now());
            while (true)
            {
                await DelayUntilAsync(due, ending);
                await InvokeAsync(function, due, last, next(due), ending);
                last = due;
                due = next(Now() > due ? Now() : due);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private DateTime Now() => _clock.GetUtcNow().UtcDateTime;

    /// <summary>Waits in steps of at most a day, because a single delay is limited to 49 days.</summary>
    private async Task DelayUntilAsync(DateTime time, CancellationToken ending)
    {
        for (TimeSpan left; (left = time - Now()) > TimeSpan.Zero;)
        {
            await Task.Delay(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1), _clock, ending);
        }
    }

    private async Task InvokeAsync(
        Function function,
        DateTime due,
        DateTime last,
        DateTime next,
        CancellationToken ending)
    {
        if (await TryInvokeAsync(Invocation.ForTimer(function, due, last, next), ending) is { } failure)
        {
            // As in Azure, a failed run does not end the schedule.
            _log.Write(LogLevel.Error, $"Timer function {function.Name} failed: {failure}");
        }
    }

    /// <summary>The error; null on success.</summary>
    private async Task<string?> TryInvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        if (await _workers.FindReadyAsync(cancellationToken) is not { } worker)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return "No worker is ready.";
        }

        await using var cancellation = cancellationToken.Register(() => worker.Channel.Cancel(request.InvocationId));
        return Invocation.DescribeFailure(await worker.Channel.InvokeAsync(request));
    }
}
