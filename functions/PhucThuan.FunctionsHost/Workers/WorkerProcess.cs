using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace PhucThuan.Hosting.Workers;

/// <summary>
/// The worker as a separate process, as in Azure. It exits with this process, even after <c>kill -9</c>.
/// </summary>
internal sealed class WorkerProcess : IWorker
{
    /// <summary>Development by default, as with Core Tools, so that scopes are validated.</summary>
    internal const string EnvironmentVariable = "AZURE_FUNCTIONS_ENVIRONMENT";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly TimeSpan _stopLimit;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _errors = new();

    private WorkerProcess(Process process, TimeSpan stopLimit, HostLog log)
    {
        _process = process;
        _stopLimit = stopLimit;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _ended.TrySetResult();
        process.OutputDataReceived += (_, line) => Write(log, LogLevel.Information, HostLog.OutputCategory, line.Data);
        process.ErrorDataReceived += (_, line) => Write(log, LogLevel.Error, HostLog.ErrorCategory, line.Data);
    }

    public int? ProcessId => _process.Id;

    public Task Ended => _ended.Task;

    /// <exception cref="FunctionsHostException">The executable does not exist.</exception>
    public static WorkerProcess Start(WorkerArguments arguments, FunctionsHostOptions options, HostLog log)
    {
        var start = new ProcessStartInfo(ProgramOf(arguments))
        {
            WorkingDirectory = arguments.App.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (arguments.App.Executable == "dotnet")
        {
            start.ArgumentList.Add(arguments.App.Assembly);
        }

        foreach (var argument in arguments.CommandLine())
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start.Environment, arguments, options);
        var worker = new WorkerProcess(new Process { StartInfo = start }, options.StopLimit, log);
        try
        {
            worker._process.Start();
        }
        catch (Win32Exception missing)
        {
            throw new FunctionsHostException($"'{start.FileName}' cannot be started: {missing.Message}", missing);
        }

        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    public string DescribeEnd()
    {
        // Waits for the last lines of output, too.
        _process.WaitForExit();
        lock (_errors)
        {
            return _errors.Count == 0 ? $"exit code {_process.ExitCode}" : string.Join(Environment.NewLine, _errors);
        }
    }

    public async Task<Uri> WaitForWebServerAsync(Uri announced, CancellationToken cancellationToken)
    {
        // The worker announces its address before it listens.
        while (true)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(announced.Host, announced.Port, cancellationToken);
                return announced;
            }
            catch (SocketException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Ended.WaitAsync(_stopLimit);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Ended;
        }

        _process.Dispose();
    }

    /// <summary>Kills the worker without a graceful shutdown.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    private static string ProgramOf(WorkerArguments arguments) =>
        arguments.App.Executable == "dotnet"
            ? DotnetProgram()
            : Path.Combine(
                arguments.App.Folder,
                arguments.App.Executable.Replace("{WorkerRoot}", "", StringComparison.Ordinal));

    /// <summary>The <c>dotnet</c> that runs this process: <c>PATH</c> may have none, or another one.</summary>
    private static string DotnetProgram()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../..", name));
        return File.Exists(beside) ? beside : name;
    }

    private static void SetEnvironment(
        IDictionary<string, string?> environment,
        WorkerArguments arguments,
        FunctionsHostOptions options)
    {
        environment["FUNCTIONS_APPLICATION_DIRECTORY"] = arguments.App.Folder;
        environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";

        environment.TryAdd(EnvironmentVariable, "Development");
        environment["WEBSITE_HOSTNAME"] = arguments.PublicAddress.Authority;
        if (options.AddressSetting is { } setting)
        {
            environment.TryAdd(setting, arguments.PublicAddress.AbsoluteUri);
        }

        StartupHook.AddTo(environment);
        foreach (var (name, value) in options.Settings)
        {
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
    }

    private void Write(HostLog log, LogLevel level, string category, string? line)
    {
        const int LastErrors = 50;
        if (line is null)
        {
            return;
        }

        log.Write(new LogEntry(level, category, line));
        if (level == LogLevel.Error)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > LastErrors)
                {
                    _errors.Dequeue();
                }
            }
        }
    }
}
