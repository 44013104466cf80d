using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhucThuan.Hosting.Http;

namespace PhucThuan.Hosting.Workers;

/// <summary>
/// Calls the worker's entry point in this process. Replaces configuration and services in the diagnostic events
/// <c>HostBuilding</c> and <c>HostBuilt</c> of the generic host, as WebApplicationFactory does.
/// </summary>
internal sealed class WorkerInProcess : IWorker, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string FolderVariable = "FUNCTIONS_APPLICATION_DIRECTORY";

    /// <summary>Flows with the entry point, to distinguish workers that start at the same time.</summary>
    private static readonly AsyncLocal<WorkerInProcess?> Current = new();

    private static readonly Lock FolderLock = new();
    private static int _folderUsers;

    private readonly WorkerArguments _arguments;
    private readonly FunctionsHostOptions _options;
    private readonly Action<IServiceCollection> _configure;
    private readonly HostLog _log;
    private readonly TaskCompletionSource<IHost> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _main;
    private Exception? _failure;

    private WorkerInProcess(
        WorkerArguments arguments, FunctionsHostOptions options, Action<IServiceCollection> configure, HostLog log)
    {
        _arguments = arguments;
        _options = options;
        _configure = configure;
        _log = log;
        UseFolder(arguments.App.Folder);
        _main = Task.Factory.StartNew(
            Run,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    public int? ProcessId => null;

    public Task Ended => _main;

    /// <summary>The worker's services; available when its host is built.</summary>
    public IServiceProvider Services => _host.Task.Result.Services;

    public static WorkerInProcess Start(
        WorkerArguments arguments, FunctionsHostOptions options, Action<IServiceCollection> configure, HostLog log) =>
        new(arguments, options, configure, log);

    public string DescribeEnd() => _failure?.ToString() ?? "its entry point has returned";

    public async Task<Uri> WaitForWebServerAsync(Uri announced, CancellationToken cancellationToken)
    {
        // A worker announces one address for all workers of a process, but each has been assigned its own.
        var host = await _host.Task.WaitAsync(cancellationToken);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host
            .Services.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
        return WebServer.AddressOf(host.Services);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host.Task.IsCompletedSuccessfully && !_main.IsCompleted)
        {
            try
            {
                Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }
            catch (ObjectDisposedException)
            {
                // The worker has exited in the meantime.
            }
        }

        try
        {
            await _main.WaitAsync(_options.StopLimit);
        }
        catch (TimeoutException)
        {
            _log.Write(
                LogLevel.Warning,
                $"The worker has not stopped within {_options.StopLimit.TotalSeconds} seconds.");
        }

        FreeFolder();
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting" && Current.Value == this && !_host.Task.IsCompleted)
        {
            value.Subscribe(this);
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value != this)
        {
            return;
        }

        switch (value.Value)
        {
            case IHostBuilder builder when value.Key == "HostBuilding":
                builder.ConfigureAppConfiguration(
                    (_, configuration) => configuration.AddInMemoryCollection(Configuration()));
                builder.ConfigureServices(_configure);
                break;
            case IHost host when value.Key == "HostBuilt":
                _host.TrySetResult(host);
                break;
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    /// <summary>
    /// The worker reads its folder from an environment variable, so all workers of a process share it.
    /// </summary>
    private static void UseFolder(string folder)
    {
        lock (FolderLock)
        {
            if (_folderUsers > 0 && Environment.GetEnvironmentVariable(FolderVariable) != folder)
            {
                throw new FunctionsHostException(
                    "A worker of another function app is running in this process:"
                        + $" {Environment.GetEnvironmentVariable(FolderVariable)}. Stop it before {folder} is started,"
                        + " or start one of them as a separate process.");
            }

            Environment.SetEnvironmentVariable(FolderVariable, folder);
            if (Environment.GetEnvironmentVariable(WorkerProcess.EnvironmentVariable) is null)
            {
                Environment.SetEnvironmentVariable(WorkerProcess.EnvironmentVariable, "Development");
            }

            _folderUsers++;
        }
    }

    private static void FreeFolder()
    {
        lock (FolderLock)
        {
            _folderUsers--;
        }
    }

    /// <summary>A caller's setting replaces a default one, in either spelling.</summary>
    private Dictionary<string, string?> Configuration()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["WEBSITE_HOSTNAME"] = _arguments.PublicAddress.Authority,
        };
        if (_options.AddressSetting is { } address && Environment.GetEnvironmentVariable(address) is null)
        {
            settings[ConfigurationKey(address)] = _arguments.PublicAddress.AbsoluteUri;
        }

        foreach (var (name, value) in _options.Settings)
        {
            settings[ConfigurationKey(name)] = value;
        }

        foreach (var (name, value) in _arguments.Configuration())
        {
            settings[name] = value;
        }

        settings["urls"] = "http://127.0.0.1:0";
        return settings;
    }

    private static string ConfigurationKey(string setting) => setting.Replace("__", ":", StringComparison.Ordinal);

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "A failure ends the worker, not this process.")]
    private void Run()
    {
        Current.Value = this;
        using var subscription = DiagnosticListener.AllListeners.Subscribe(this);
        try
        {
            var entry = Assembly.LoadFrom(_arguments.App.Assembly).EntryPoint!;
            object?[] arguments = entry.GetParameters().Length == 0 ? [] : [_arguments.CommandLine()];
            entry.Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        }
        catch (Exception failure)
        {
            _failure = failure;
            _log.Write(
                new LogEntry(LogLevel.Critical, HostLog.HostCategory, "The worker has failed.", failure.ToString()));
        }
    }
}
