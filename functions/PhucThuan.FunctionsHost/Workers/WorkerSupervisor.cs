using Microsoft.Extensions.Logging;
using PhucThuan.Hosting.Apps;
using PhucThuan.Hosting.Rpc;

namespace PhucThuan.Hosting.Workers;

/// <summary>Keeps one worker running: starts it, restarts it when it dies, and stops it.</summary>
/// <param name="start">Starts a worker with these arguments.</param>
/// <param name="restarts">True to restart a worker that died.</param>
internal sealed class WorkerSupervisor(
    FunctionApp app,
    RpcServer rpc,
    FunctionsHostOptions options,
    HostLog log,
    Func<WorkerArguments, IWorker> start,
    bool restarts) : IAsyncDisposable
{
    /// <summary>Capability with the address of the worker's web server; set with ASP.NET Core integration.</summary>
    private const string HttpUriCapability = "HttpUri";

    /// <summary>Part of Kestrel's error message on every platform.</summary>
    private const string PortInUse = "address already in use";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ending = new();
    private TaskCompletionSource<ReadyWorker> _ready = New();
    private Uri _publicAddress = null!;
    private Task _supervising = Task.CompletedTask;

    /// <summary>Null while no worker is ready.</summary>
    public ReadyWorker? Worker => _ready.Task.IsCompletedSuccessfully ? _ready.Task.Result : null;

    /// <exception cref="FunctionsHostException">The worker has exited, or was not ready in time.</exception>
    public async Task StartAsync(Uri publicAddress, CancellationToken cancellationToken)
    {
        _publicAddress = publicAddress;
        _ready.SetResult(await FirstLaunchAsync(cancellationToken));
        _supervising = SuperviseAsync(_ending.Token);
    }

    /// <summary>Waits for a starting worker. Null after the timeout or cancellation.</summary>
    public async Task<ReadyWorker?> FindReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        limit.CancelAfter(options.StartLimit);
        try
        {
            while (true)
            {
                var ready = _ready;
                var worker = await ready.Task.WaitAsync(limit.Token);
                if (!worker.IsLost)
                {
                    return worker;
                }

                // The worker has just died, and its restart has not begun.
                await Task.Yield();
                limit.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _supervising;
        if (Worker is { } worker)
        {
            worker.Channel.Terminate(options.StopLimit);
            await worker.Worker.DisposeAsync();
            worker.Channel.Close();
        }

        _ending.Dispose();
    }

    /// <summary>
    /// A worker picks a free port and binds it later. When another process takes the port in between, the worker exits,
    /// and a second one picks another port. If that process listens on the port, the host may be ready before the
    /// worker exits: then <see cref="SuperviseAsync"/> starts the second worker.
    /// </summary>
    private async Task<ReadyWorker> FirstLaunchAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LaunchAsync(cancellationToken);
        }
        catch (FunctionsHostException failure) when (failure.Message.Contains(PortInUse, StringComparison.Ordinal))
        {
            log.Write(LogLevel.Warning, failure.Message);
            return await LaunchAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource<ReadyWorker> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task SuperviseAsync(CancellationToken ending)
    {
        try
        {
            while (true)
            {
                var lost = await _ready.Task;
                await lost.Lost.WaitAsync(ending);
                _ready = New();
                lost.Channel.Close();
                log.Write(LogLevel.Error, "The worker has exited.");
                if (!restarts)
                {
                    return;
                }

                await EndAsync(lost.Worker);
                _ready.SetResult(await RelaunchAsync(ending));
                log.Write(LogLevel.Warning, "The worker is running again.");
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>Retries with increasing delays until a worker is ready.</summary>
    private async Task<ReadyWorker> RelaunchAsync(CancellationToken ending)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await LaunchAsync(ending);
            }
            catch (FunctionsHostException failure)
            {
                log.Write(LogLevel.Error, failure.Message);
                await Task.Delay(pause, TimeProvider.System, ending);
            }
        }
    }

    private async Task<ReadyWorker> LaunchAsync(CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString();
        var channel = new WorkerChannel(app, log);
        rpc.Expect(id, channel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.StartLimit);
        var worker = start(new WorkerArguments(app, rpc.Address, id, _publicAddress));
        try
        {
            var readying = ReadyAsync(worker, channel, limit.Token);
            if (await Task.WhenAny(readying, worker.Ended) == worker.Ended)
            {
                throw new FunctionsHostException($"The worker has exited before it was ready: {worker.DescribeEnd()}");
            }

            return await readying;
        }
        catch (Exception failure)
        {
            channel.Close();
            await EndAsync(worker);
            throw failure is OperationCanceledException && !cancellationToken.IsCancellationRequested
                ? new FunctionsHostException(
                    $"The worker was not ready within {options.StartLimit.TotalSeconds} seconds.",
                    failure)
                : failure;
        }
    }

    private async Task<ReadyWorker> ReadyAsync(
        IWorker worker,
        WorkerChannel channel,
        CancellationToken cancellationToken)
    {
        var capabilities = await channel.InitialiseAsync(cancellationToken);
        if (capabilities.TryGetValue(HttpUriCapability, out var address))
        {
            return new ReadyWorker(
                worker,
                channel,
                await worker.WaitForWebServerAsync(new Uri(address), cancellationToken));
        }

        return app.Functions.FirstOrDefault(function => function.Http is not null) is { } http
            ? throw new FunctionsHostException(
                $"Function {http.Name} has an HTTP trigger, but the worker has no web server: this host requires"
                    + " ASP.NET Core integration (ConfigureFunctionsWebApplication).")
            : new ReadyWorker(worker, channel, Address: null);
    }

    private static async Task EndAsync(IWorker worker)
    {
        if (worker is WorkerProcess process && !process.Ended.IsCompleted)
        {
            process.Kill();
        }

        await worker.DisposeAsync();
    }
}
