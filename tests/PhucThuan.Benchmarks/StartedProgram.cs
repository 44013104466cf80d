using System.Diagnostics;
using System.IO.Compression;
using PhucThuan.Hosting;

namespace PhucThuan.Benchmarks;

/// <summary>A published worker that is started repeatedly.</summary>
/// <param name="folder">The published files.</param>
/// <param name="path">The page of the first request.</param>
/// <param name="settings">App settings.</param>
internal sealed class StartedProgram(string folder, string path, IReadOnlyDictionary<string, string?> settings)
{
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <param name="rest">Time between the response and the measurement of memory.</param>
    /// <param name="isCold">
    /// Whether to drop the program's files from the disk cache first. Files of the runtime stay, because this process
    /// uses them too.
    /// </param>
    public async Task<Start> StartAsync(TimeSpan rest, bool isCold = false)
    {
        if (isCold)
        {
            await DropFromDiskCacheAsync();
        }

        var clock = Stopwatch.StartNew();
        await using var host = await FunctionsHost.StartAsync(folder, new FunctionsHostOptions { Settings = settings });
        var ready = clock.Elapsed;
        using var client = new HttpClient();
        using (var answer = await client.GetAsync(new Uri(host.BaseAddress, path)))
        {
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }

        var answered = clock.Elapsed;
        await Task.Delay(rest, TimeProvider.System);
        using var worker = Process.GetProcessById(host.WorkerProcessId!.Value);
        return new Start(ready, answered, worker.WorkingSet64 / 1024 / 1024);
    }

    /// <summary>dd with <c>nocache</c> and zero blocks advises the kernel to drop the whole file.</summary>
    private async Task DropFromDiskCacheAsync()
    {
        const string Drop = "for file; do dd if=\"$file\" iflag=nocache count=0 status=none || exit 1; done";
        using var process = Process.Start(
            "find", [folder, "-type", "f", "-exec", "sh", "-c", Drop, "sh", "{}", "+"]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("The files could not be dropped from the disk cache.");
        }
    }

    /// <summary>Size of the files, zipped as for a deployment.</summary>
    public double PackageMegabytes()
    {
        using var zip = new MemoryStream();
        ZipFile.CreateFromDirectory(folder, zip, CompressionLevel.SmallestSize, includeBaseDirectory: false);
        return zip.Length / 1e6;
    }
}
