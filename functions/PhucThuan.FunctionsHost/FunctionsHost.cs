using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Hosting.Apps;
using PhucThuan.Hosting.Http;
using PhucThuan.Hosting.Rpc;
using PhucThuan.Hosting.Workers;

namespace PhucThuan.Hosting;

/// <summary>
/// Runs a function app (.NET isolated worker with ASP.NET Core integration) on a loopback port, like the Functions
/// host: routes, keys, timers, restart of a worker that died. README.md lists the differences from the real host.
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

    /// <summary>Ends with a slash, such as <c>http://127.0.0.1:7071/</c>.</summary>
    public Uri BaseAddress => _public!.Address;

    /// <summary>
    /// Authorises functions with <c>AuthorizationLevel.Function</c>, in header <c>x-functions-key</c> or query
    /// parameter <c>code</c>.
    /// </summary>
    public string FunctionKey => _keys.Function;

    /// <summary>Authorises every function.</summary>
    public string MasterKey => _keys.Master;

    /// <summary>The last 2,000 log entries of worker and host, oldest first.</summary>
    public IReadOnlyList<LogEntry> Log => _log.Entries;

    /// <summary>Null while a worker is being restarted, and for a worker in this process.</summary>
    public int? WorkerProcessId => _workers.Worker?.Worker.ProcessId;

    /// <summary>Services of a worker in this process.</summary>
    /// <exception cref="InvalidOperationException">The worker is a separate process.</exception>
    public IServiceProvider Services =>
        (_workers.Worker?.Worker as WorkerInProcess)?.Services
        ?? throw new InvalidOperationException(
            "Services are available only for a worker in this process.");

    /// <summary>Starts the app's worker as a separate process. Completes when it serves requests.</summary>
    /// <param name="appFolder">Folder of a built or published app, with <c>functions.metadata</c>.</param>
    /// <exception cref="FunctionsHostException">
    /// The app cannot be run. The message has the reason and the worker's standard error.
    /// </exception>
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
    /// Starts the app's worker inside this process, to attach a debugger or to replace services. Functions are still
    /// called over HTTP. Several workers of one app can run side by side. Timers use the worker's
    /// <see cref="TimeProvider"/> when it has one.
    /// </summary>
    /// <param name="appFolder">
    /// Folder of a built or published app, or the output folder of a project that references the app's project.
    /// </param>
    /// <param name="configure">Called after the app has registered its services.</param>
    /// <exception cref="FunctionsHostException">The app cannot be run. The message has the reason.</exception>
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

    /// <summary>Runs a function with a timer trigger now, regardless of its schedule.</summary>
    /// <exception cref="FunctionsHostException">The function failed, or does not exist.</exception>
    public Task RunTimerAsync(string function, CancellationToken cancellationToken = default) =>
        _timers!.RunNowAsync(
            _app.Functions.FirstOrDefault(other =>
                other.Timer is not null && string.Equals(other.Name, function, StringComparison.OrdinalIgnoreCase))
                ?? throw new FunctionsHostException(
                    $"There is no function {function} with a timer trigger in {_app.Folder}."),
            cancellationToken);

    /// <summary>Completes the pending requests, then stops the worker.</summary>
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
            // Before the worker, because the worker's settings contain this address.
            host._public = await PublicServer.StartAsync(
                options.Port,
                app,
                workers,
                host._keys,
                log,
                cancellationToken);
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
