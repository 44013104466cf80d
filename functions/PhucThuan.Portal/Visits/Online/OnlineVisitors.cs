using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Counts the distinct visitors that any instance saw in the last five minutes: exactly up to
/// <see cref="VisitorSketch.ExactLimit"/>, with a standard error of 0.81 % above. A visitor is counted for five to six
/// minutes after the last sign, elsewhere after up to <see cref="WritePeriod"/> and <see cref="ReadPeriod"/> more. Each
/// instance writes one row for each minute in which it saw somebody, so the cost grows with instances and not with
/// visitors. While storage is away the number is of the own visitors and of what was read last.
/// </summary>
public sealed partial class OnlineVisitors : BackgroundService
{
    /// <summary>How soon a visitor whom the other instances do not know is written for them.</summary>
    public static readonly TimeSpan WritePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Maximum age of the other instances' rows in a returned number.</summary>
    public static readonly TimeSpan ReadPeriod = TimeSpan.FromSeconds(5);

    /// <summary>A reader waits no longer for what others wrote.</summary>
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromSeconds(1);

    /// <summary>Neither start nor shutdown waits longer for storage.</summary>
    private static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LogPeriod = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly VisitorKeys _keys;
    private readonly OnlineWindow _window;
    private readonly OnlineRows _rows;
    private readonly TimeProvider _clock;
    private readonly ILogger<OnlineVisitors> _logger;
    private Task _reading = Task.CompletedTask;
    private long? _readAt;
    private long? _loggedAt;

    public OnlineVisitors(
        VisitorKeys keys, TableServiceClient tables, TimeProvider clock, ILogger<OnlineVisitors> logger)
    {
        _keys = keys;
        _window = new OnlineWindow(clock);
        _rows = new OnlineRows(tables.GetTableClient(VisitorTable.Name), _window);
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Takes the request as a sign of its visitor. In memory, never fails.</summary>
    public void See(HttpRequest request)
    {
        foreach (var key in _keys.Current())
        {
            _window.Add(key.Id, VisitorHash.Of(request, key.Secret));
        }
    }

    /// <summary>
    /// Never fails: without storage the number misses what others saw since. Waits for storage once in
    /// <see cref="ReadPeriod"/>, a second at most.
    /// </summary>
    public async ValueTask<long> CountAsync()
    {
        var reading = ReadIfDue();
        if (!reading.IsCompleted)
        {
            // Out of patience: it goes on, and the next reader has its result.
            await reading.WaitAsync(ReaderPatience, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return _window.Count();
    }

    /// <summary>Fetches the day's key before the first request, if storage is there.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = LimitTo(HostPatience, cancellationToken);
        await TryAsync(_keys.RefreshAsync, limit.Token);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Writes what has not been written yet.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = LimitTo(HostPatience, cancellationToken);
        await TryAsync(_rows.WriteAsync, limit.Token);
    }

    /// <summary>One turn of what goes on in the background.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await TryAsync(_keys.RefreshAsync, cancellationToken);
        await TryAsync(_rows.WriteAsync, cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WritePeriod, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RefreshAsync(stoppingToken);
        }
    }

    private Task ReadIfDue()
    {
        lock (_lock)
        {
            if (_reading.IsCompleted && HasPassed(ReadPeriod, _readAt))
            {
                _readAt = _clock.GetTimestamp();
                _reading = Task.Run(() => TryAsync(ReadAsync, CancellationToken.None));
            }

            return _reading;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (await _rows.ReadAsync(cancellationToken) is > 0 and var unreadable)
        {
            throw new FormatException($"{unreadable} rows of partition {VisitorTable.OnlinePartition} cannot be read.");
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(cancellationToken);
        }
#pragma warning disable CA1031 // Background work: a failure is logged, and the next turn retries.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_lock)
            {
                if (!HasPassed(LogPeriod, _loggedAt))
                {
                    return;
                }

                _loggedAt = _clock.GetTimestamp();
            }

            // An outage is logged in one line; a bug with its stack trace.
            Log.Failed(
                _logger,
                StorageFailures.Include(exception) ? null : exception,
                exception.GetBaseException().Message);
        }
    }

    private bool HasPassed(TimeSpan period, long? since) =>
        since is null || _clock.GetElapsedTime(since.Value) >= period;

    private static CancellationTokenSource LimitTo(TimeSpan time, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time);
        return limit;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The number of visitors online is of this instance and of what was read before: {Reason}")]
        public static partial void Failed(ILogger logger, Exception? fault, string reason);
    }
}
