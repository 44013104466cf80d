using System.ComponentModel;
using System.Diagnostics;

namespace PhucThuan.LocalHost;

/// <summary>The pinned Azurite, installed by npm at the first start of a checkout.</summary>
public static class AzuritePackage
{
    private const int OldestNode = 20;

    /// <summary>The folder to run it in.</summary>
    public static async Task<string> EnsureInstalledAsync(CancellationToken cancellationToken)
    {
        var folder = LocalHostCommand.Folder("Azurite");
        await RequireNodeAsync(cancellationToken);

        // Another LocalHost, or a test run beside this one, may be at it: one installs, the others wait.
        await using var turn = await WaitForTurnAsync(Path.Combine(folder, ".install-lock"), cancellationToken);
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"), cancellationToken);
        var stamp = Path.Combine(folder, "node_modules", ".installed");
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp, cancellationToken) != wanted)
        {
            Console.WriteLine("Installing the storage emulator Azurite with npm, this once; it takes one to three minutes …");
            await RunNpmAsync(folder, cancellationToken);
            await File.WriteAllTextAsync(stamp, wanted, cancellationToken);
        }

        return folder;
    }

    private static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        var (_, version) = await RunAsync("node", "--version", folder: null, cancellationToken);
        if (!int.TryParse(version.Trim().TrimStart('v').Split('.')[0], out var major) || major < OldestNode)
        {
            throw new LocalHostException(
                $"Node.js {OldestNode} or newer is needed for the storage emulator, found is '{version.Trim()}'.");
        }
    }

    private static async Task RunNpmAsync(string folder, CancellationToken cancellationToken)
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var (exitCode, output) = await RunAsync(npm, "ci --no-audit --no-fund --loglevel=error", folder, cancellationToken);
        if (exitCode != 0)
        {
            throw new LocalHostException($"npm ci failed in {folder}:{Environment.NewLine}{output.Trim()}");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program, string arguments, string? folder, CancellationToken cancellationToken)
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
            throw new LocalHostException(
                $"'{program}' was not found: install Node.js {OldestNode} or newer for the storage emulator, or name other"
                + " storage with --storage.",
                missing);
        }
    }

    private static async Task<FileStream> WaitForTurnAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            }
        }
    }
}
