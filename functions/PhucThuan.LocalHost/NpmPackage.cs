using System.ComponentModel;
using System.Diagnostics;

namespace PhucThuan.LocalHost;

/// <summary>npm packages of a folder, pinned by its lock file and installed once per checkout.</summary>
internal static class NpmPackage
{
    private const int OldestNode = 20;

    /// <param name="folder">Folder with <c>package.json</c> and <c>package-lock.json</c>.</param>
    /// <param name="message">Printed before an installation.</param>
    /// <param name="instead">Alternative to Node.js for the error message: "name other storage with --storage".</param>
    /// <exception cref="LocalHostException">Node.js is missing or too old, or npm failed.</exception>
    public static async Task EnsureInstalledAsync(
        string folder, string message, CancellationToken cancellationToken, string? instead = null)
    {
        var advice = $"install Node.js {OldestNode} or newer" + (instead is null ? "." : $", or {instead}.");
        await RequireNodeAsync(advice, cancellationToken);

        // Another process, such as a test run, may be installing the same packages: one installs, the others wait.
        await using var turn = await WaitForTurnAsync(Path.Combine(folder, ".install-lock"), cancellationToken);
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"), cancellationToken);
        var stamp = Path.Combine(folder, "node_modules", ".installed");
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp, cancellationToken) != wanted)
        {
            Console.WriteLine(message);
            await RunNpmAsync(folder, advice, cancellationToken);
            await File.WriteAllTextAsync(stamp, wanted, cancellationToken);
        }
    }

    private static async Task RequireNodeAsync(string advice, CancellationToken cancellationToken)
    {
        var (_, output) = await RunAsync("node", "--version", folder: null, advice, cancellationToken);
        var version = output.Trim();
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], out var major) || major < OldestNode)
        {
            throw new LocalHostException($"The version of Node.js is '{version}': {advice}");
        }
    }

    private static async Task RunNpmAsync(string folder, string advice, CancellationToken cancellationToken)
    {
        const string Install = "ci --no-audit --no-fund --loglevel=error";
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var (exitCode, output) = await RunAsync(npm, Install, folder, advice, cancellationToken);
        if (exitCode != 0)
        {
            throw new LocalHostException($"npm ci failed in {folder}:{Environment.NewLine}{output.Trim()}");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program, string arguments, string? folder, string advice, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception missing)
        {
            throw new LocalHostException($"'{program}' was not found: {advice}", missing);
        }
    }

    private static async Task<FileStream> WaitForTurnAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(
                    path,
                    FileMode.OpenOrCreate,
                    FileAccess.Write,
                    FileShare.None,
                    1,
                    FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            }
        }
    }
}
