using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

/// <summary>
/// Runs in the worker process before its entry point (DOTNET_STARTUP_HOOKS requires this name, without a namespace).
/// Ends the process when the host exits: the operating system then closes the pipe to standard input, even after
/// <c>kill -9</c>.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "Required by the runtime.")]
internal static class StartupHook
{
    private const string Variable = "DOTNET_STARTUP_HOOKS";

    /// <summary>Timeout for the program's own shutdown handlers.</summary>
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);

    private static string Path => typeof(StartupHook).Assembly.Location;

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        // Child processes must not inherit the hook: their standard input is not the host's pipe.
        var hooks = Environment.GetEnvironmentVariable(Variable)?.Split(System.IO.Path.PathSeparator) ?? [];
        Environment.SetEnvironmentVariable(
            Variable,
            string.Join(System.IO.Path.PathSeparator, hooks.Where(hook => hook != Path)));
        new Thread(ExitWithHost) { IsBackground = true, Name = "Functions host watch" }.Start();
    }

    /// <summary>Adds the hook to the environment of a process, and keeps other hooks.</summary>
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
                // The host never writes to this stream.
            }
        }
        catch (IOException)
        {
            // A failed read also means that the host has exited.
        }

        using var killing = new Timer(
            _ => Process.GetCurrentProcess().Kill(), state: null, ExitLimit, Timeout.InfiniteTimeSpan);
        Environment.Exit(0);
    }
}
