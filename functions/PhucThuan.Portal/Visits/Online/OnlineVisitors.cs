using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Visits.Online;

/// <summary>
/// Counts the distinct visitors of all instances in the last five minutes: exactly up to
/// <see cref="VisitorSketch.ExactLimit"/>, above with a standard error of 0.81 %. A visitor is counted for five to six
/// minutes after the last request; other instances have a delay of up to <see cref="WritePeriod"/> plus
/// <see cref="ReadPeriod"/>. Each instance writes one row per minute with visitors, so the cost grows with the number
/// of instances, not of visitors. While storage is unavailable, new visitors of other instances are missing.
/// </summary>
public sealed partial class OnlineVisitors : BackgroundService
{
    /// <summary>Maximum delay before a new visitor is written for the other instances.</summary>
    public static readonly TimeSpan WritePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Maximum age of the other instances' rows in a returned number.</summary>
    public static readonly TimeSpan ReadPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Maximum time that a request waits for the rows of other instances.</summary>
    private static readonly TimeSpan RequestWaitLimit = TimeSpan.FromSeconds(1);

    /// <summary>Maximum time that start and shutdown wait for storage.</summary>
    private static readonly TimeSpan HostWaitLimit = TimeSpan.FromSeconds(2);

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

    /// <summary>Records the visitor of a request, in memory. Never fails.</summary>
    public void See(HttpRequest request)
    {
        foreach (var key in _keys.Current())
        {
            _window.Add(key.Id, VisitorHash.Of(request, key.Secret));
        }
    }

    /// <summary>
    /// Never fails: without storage, new visitors of other instances are missing. Waits for storage at most once per
    /// <see cref="ReadPeriod"/>, for at most a second.
    /// </summary>
    public async ValueTask<long> CountAsync()
    {
        var reading = ReadIfDue();
        if (!reading.IsCompleted)
        {
            // After the limit, reading continues for later requests.
            await reading.WaitAsync(RequestWaitLimit, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return _window.Count();
    }

    /// <summary>Reads the day's key before the first request, if storage is available.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryWithinLimitAsync(_keys.RefreshAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Writes the pending changes.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWithinLimitAsync(_rows.WriteAsync, cancellationToken);
    }

    /// <summary>One iteration of the background loop.</summary>
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

    /// <summary>The host waits for this at its start and end.</summary>
    private async Task TryWithinLimitAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(HostWaitLimit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await TryAsync(action, either.Token);
    }

    private async Task TryAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action(cancellationToken);
        }
#pragma warning disable CA1031 // Background work: a failure is logged, and the next iteration retries.
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

            // The stack trace is logged for bugs only, not for outages.
            Log.Failed(
                _logger,
                StorageFailures.Include(exception) ? null : exception,
                exception.GetBaseException().Message);
        }
    }

    private bool HasPassed(TimeSpan period, long? since) =>
        since is null || _clock.GetElapsedTime(since.Value) >= period;

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The number of visitors online lacks new visitors of other instances: {Reason}")]
        public static partial void Failed(ILogger logger, Exception? fault, string reason);
    }
}
