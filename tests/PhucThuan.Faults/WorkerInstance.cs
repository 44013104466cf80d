using System.Diagnostics;
using PhucThuan.Hosting;
using PhucThuan.LocalHost;

namespace PhucThuan.Faults;

/// <summary>The published function app in the local Functions host, with a worker process that may be killed.</summary>
internal sealed class WorkerInstance(FunctionsHost host) : IAsyncDisposable
{
    public Uri Address => host.BaseAddress;

    /// <param name="program">Folder of the function app; null for the one of this build.</param>
    /// <param name="connection">Storage, as a connection string.</param>
    public static async Task<WorkerInstance> StartAsync(
        string? program, string connection, CancellationToken cancellationToken) =>
        new(await FunctionsHost.StartAsync(
            program ?? LocalHostCommand.Folder("Functions"),
            new FunctionsHostOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Storage__ConnectionString"] = connection,
                    ["Logging__LogLevel__Default"] = "Warning",

                    // All clients have one address; articles do not change.
                    ["Visits__AddressRate"] = "1000000",
                    ["Articles__FreshSeconds"] = "300",
                },
            },
            cancellationToken));

    /// <summary>Kills the worker like <c>kill -9</c>. Returns its process id.</summary>
    public int Kill()
    {
        using var worker = Process.GetProcessById(host.WorkerProcessId!.Value);
        worker.Kill();
        return worker.Id;
    }

    public async Task WaitForSuccessorAsync(int killed, CancellationToken cancellationToken)
    {
        while (host.WorkerProcessId is not { } worker || worker == killed)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
