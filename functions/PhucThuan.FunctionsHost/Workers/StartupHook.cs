using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

/// <summary>
/// Runs in the worker process before its own program (DOTNET_STARTUP_HOOKS asks for this name without a namespace) and ends the
/// process when the host has gone: the standard input, whose other end the host holds, is closed then, even by <c>kill -9</c>.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it there.")]
internal static class StartupHook
{
    private const string Variable = "DOTNET_STARTUP_HOOKS";

    /// <summary>For the program's own handlers of its end.</summary>
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);

    private static string Path => typeof(StartupHook).Assembly.Location;

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        // What the worker starts has another standard input.
        var hooks = Environment.GetEnvironmentVariable(Variable)?.Split(System.IO.Path.PathSeparator) ?? [];
        Environment.SetEnvironmentVariable(Variable, string.Join(System.IO.Path.PathSeparator, hooks.Where(hook => hook != Path)));
        new Thread(ExitWithHost) { IsBackground = true, Name = "Functions host watch" }.Start();
    }

    /// <summary>Has a process with this environment run the hook, beside others that it is to run.</summary>
    public static void AddTo(IDictionary<string, string?> environment) =>
        environment[Variable] = environment.TryGetValue(Variable, out var others) && !string.IsNullOrEmpty(others)
            ? others + System.IO.Path.PathSeparator + Path
            : Path;

    private static void ExitWithHost()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        try
        {
            while (input.Read(buffer) > 0)
            {
                // Nobody writes to a worker.
            }
        }
        catch (IOException)
        {
            // As good as its end.
        }

        using var killing = new Timer(
            _ => Process.GetCurrentProcess().Kill(), state: null, ExitLimit, Timeout.InfiniteTimeSpan);
        Environment.Exit(0);
    }
}
