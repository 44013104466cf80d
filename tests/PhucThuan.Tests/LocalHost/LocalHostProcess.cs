using System.Diagnostics;
using System.Globalization;
using System.Text;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.LocalHost;

/// <summary>LocalHost as a separate process.</summary>
internal sealed class LocalHostProcess : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    // The first start in a checkout installs Azurite.
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _ready = new();

    private LocalHostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            Append(_output, line.Data);
            if (line.Data?.StartsWith("Ready: ", StringComparison.Ordinal) == true)
            {
                _ready.TrySetResult(new Uri(line.Data["Ready: ".Length..]));
            }
        };
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public static LocalHostProcess Start(params string[] arguments) => Start(arguments, path: null);

    /// <param name="path">Variable <c>PATH</c>; null to inherit it.</param>
    public static LocalHostProcess Start(string[] arguments, string? path)
    {
        var dotnet = Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet"
            ? self
            : Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../dotnet");

        // A process that a shell starts in the background ignores SIGINT, and child processes inherit that.
        var start = new ProcessStartInfo("/usr/bin/env")
        {
            ArgumentList = { "--default-signal=INT", Path.GetFullPath(dotnet) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(LocalHostOptions).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (path is not null)
        {
            start.Environment["PATH"] = path;
        }

        return new LocalHostProcess(Process.Start(start)!);
    }

    public static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public async Task<Uri> ReadyAsync(CancellationToken cancellationToken)
    {
        var ended = _process.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(_ready.Task, ended).WaitAsync(InstallLimit, cancellationToken) == ended)
        {
            Assert.Fail($"LocalHost ended: {Errors}");
        }

        return await _ready.Task;
    }

    /// <summary>A client for the portal; waits until it is ready.</summary>
    public async Task<HttpClient> ConnectAsync(CancellationToken cancellationToken) => new()
    {
        BaseAddress = await ReadyAsync(cancellationToken),
        DefaultRequestHeaders = { { "User-Agent", TestBrowser.UserAgent } },
    };

    /// <summary>Id of the child process whose command line contains the text, from <c>/proc</c>.</summary>
    public int Child(string part) =>
        Directory
            .GetDirectories($"/proc/{_process.Id}/task")
            .SelectMany(task =>
                File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(id => File.ReadAllText($"/proc/{id}/cmdline").Contains(part, StringComparison.Ordinal))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))
            .Single();

    /// <summary>Sends SIGINT, like Ctrl+C in a terminal. Returns the exit code.</summary>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("/bin/kill", ["-INT", $"{_process.Id}"]);
        return await WaitAsync(cancellationToken);
    }

    public void Kill() => _process.Kill();

    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await InterruptAsync(CancellationToken.None);
        }

        Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
