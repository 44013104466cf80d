using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Hosting.Apps;
using PhucThuan.Hosting.Http;
using PhucThuan.Hosting.Rpc;
using PhucThuan.Hosting.Workers;

namespace PhucThuan.Hosting;

/// <summary>
/// Runs a function app (.NET isolated worker with ASP.NET Core integration) on a loopback port, as the Functions host would:
/// its routes, keys, timers, and a new worker for one that died. See README.md for what differs from the real host.
/// </summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private readonly FunctionApp _app;
    private readonly HostLog _log;
    private readonly FunctionKeys _keys;
    private readonly RpcServer _rpc;
    private readonly WorkerSupervisor _workers;
    private PublicServer? _public;
    private TimerTriggers? _timers;
    private bool _isDisposed;

    private FunctionsHost(FunctionApp app, HostLog log, FunctionKeys keys, RpcServer rpc, WorkerSupervisor workers)
    {
        _app = app;
        _log = log;
        _keys = keys;
        _rpc = rpc;
        _workers = workers;
    }

    /// <summary>With a slash at its end, such as <c>http://127.0.0.1:7071/</c>.</summary>
    public Uri BaseAddress => _public!.Address;

    /// <summary>Opens functions with <c>AuthorizationLevel.Function</c>, in header <c>x-functions-key</c> or query parameter <c>code</c>.</summary>
    public string FunctionKey => _keys.Function;

    /// <summary>Opens every function.</summary>
    public string MasterKey => _keys.Master;

    /// <summary>The last 2,000 entries of worker and host, the oldest first.</summary>
    public IReadOnlyList<LogEntry> Log => _log.Entries;

    /// <summary>Null while a worker that died is started again, and for a worker in this process.</summary>
    public int? WorkerProcessId => _workers.Worker?.Worker.ProcessId;

    /// <summary>Of a worker in this process.</summary>
    /// <exception cref="InvalidOperationException">The worker is a process of its own.</exception>
    public IServiceProvider Services => (_workers.Worker?.Worker as WorkerInProcess)?.Services
        ?? throw new InvalidOperationException("The services of a worker are at hand only for a worker in this process.");

    /// <summary>Starts the app's worker as a process of its own. The answer comes when it serves requests.</summary>
    /// <param name="appFolder">A built or published app: the folder with <c>functions.metadata</c>.</param>
    /// <exception cref="FunctionsHostException">It cannot be run, and why; with what the worker wrote to its standard error.</exception>
    public static Task<FunctionsHost> StartAsync(
        string appFolder, FunctionsHostOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        return StartAsync(
            FunctionApp.Read(appFolder),
            options,
            (arguments, log) => WorkerProcess.Start(arguments, options, log),
            restarts: true,
            cancellationToken);
    }

    /// <summary>
    /// Starts the app's worker inside this process, for a debugger or to replace services. The functions are reached over HTTP all
    /// the same. Several can run side by side, all of one app. Timers follow the worker's <see cref="TimeProvider"/>, if it has one.
    /// </summary>
    /// <param name="appFolder">As above. A project that references the app's may run it: it is the same assembly.</param>
    /// <param name="configure">Called after the app has registered its services.</param>
    /// <exception cref="FunctionsHostException">It cannot be run, and why.</exception>
    public static Task<FunctionsHost> StartInProcessAsync(
        string appFolder,
        Action<IServiceCollection>? configure = null,
        FunctionsHostOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new();
        return StartAsync(
            FunctionApp.Read(appFolder),
            options,
            (arguments, log) => WorkerInProcess.Start(arguments, options, configure ?? (_ => { }), log),
            restarts: false,
            cancellationToken);
    }

    /// <summary>Runs a function with a timer trigger now and waits for its end.</summary>
    /// <exception cref="FunctionsHostException">It failed, or there is no such function.</exception>
    public Task RunTimerAsync(string function, CancellationToken cancellationToken = default) =>
        _timers!.RunNowAsync(
            _app.Functions.FirstOrDefault(other => other.Timer is not null && string.Equals(other.Name, function, StringComparison.OrdinalIgnoreCase))
                ?? throw new FunctionsHostException($"There is no function {function} with a timer trigger in {_app.Folder}."),
            cancellationToken);

    /// <summary>Answers the requests that came, then ends the worker.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return; // a second call, which the contract of IAsyncDisposable allows
        }

        await (_public?.DisposeAsync() ?? default);
        await (_timers?.DisposeAsync() ?? default);

        await _workers.DisposeAsync();
        await _rpc.DisposeAsync();
    }

    private static async Task<FunctionsHost> StartAsync(
        FunctionApp app,
        FunctionsHostOptions options,
        Func<WorkerArguments, HostLog, IWorker> start,
        bool restarts,
        CancellationToken cancellationToken)
    {
        FunctionRoutes.RequireNoConflict(app.Functions);
        var log = new HostLog(options.OnLog);
        var rpc = await RpcServer.StartAsync(cancellationToken);
        var workers = new WorkerSupervisor(app, rpc, options, log, arguments => start(arguments, log), restarts);
        var host = new FunctionsHost(app, log, new FunctionKeys(options.FunctionKey, options.MasterKey), rpc, workers);
        try
        {
            // First, so that the worker can know the address.
            host._public = await PublicServer.StartAsync(options.Port, app, workers, host._keys, log, cancellationToken);
            await workers.StartAsync(host.BaseAddress, cancellationToken);
            host._timers = new TimerTriggers(app, workers, options, host.Clock(), log);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private TimeProvider Clock() =>
        (_workers.Worker?.Worker as WorkerInProcess)?.Services.GetService<TimeProvider>() ?? TimeProvider.System;
}
