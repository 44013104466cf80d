using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PhucThuan.LocalHost;

namespace PhucThuan.Benchmarks;

/// <summary>
/// Time from the start of a worker's process to its first response: an article of the published portal, alternating
/// with a constant of an empty worker. Storage is the emulator on the same machine.
/// </summary>
internal sealed class StartTimes : IAsyncDisposable
{
    private const int Runs = 10;
    private const string ArticlePath = "/bai-viet/xom-go-man-chung-suc-lam-duong-be-tong";

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("phucthuan-start-");
    private AzuriteServer _azurite = null!;

    /// <param name="app">The published function app, or several releases of it to compare.</param>
    /// <param name="empty">The published empty worker.</param>
    /// <param name="isCold">Whether to drop the files of a program from the disk cache before each start.</param>
    public static async Task RunAsync(IEnumerable<string> app, string empty, bool isCold)
    {
        await using var measurement = new StartTimes();
        await measurement.StartStorageAsync();
        var programs = app.Select(folder => new StartedProgram(folder, ArticlePath, measurement.Settings))
            .Append(new StartedProgram(empty, "/hello", new Dictionary<string, string?>()))
            .ToList();

        // Warm-up: loads the files of each program, and compiles this one.
        foreach (var program in programs)
        {
            await program.StartAsync(TimeSpan.Zero);
        }

        var starts = programs.ToDictionary(program => program, _ => new List<Start>());
        for (var run = 0; run < Runs; run++)
        {
            foreach (var program in programs)
            {
                starts[program].Add(await program.StartAsync(run == Runs - 1 ? Rest : TimeSpan.Zero, isCold));
            }
        }

        Console.WriteLine($"Medians of {Runs} alternating starts, disk cache {(isCold ? "cold" : "warm")}:");
        Print(starts, starts[programs[^1]]);
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private Dictionary<string, string?> Settings => new()
    {
        ["Storage__ConnectionString"] = _azurite.ConnectionString,
        ["Logging__LogLevel__Default"] = "Error",
    };

    private async Task StartStorageAsync()
    {
        _azurite = await AzuriteServer.StartAsync(_data, CancellationToken.None);
        var storage = _azurite.ConnectionString;
        await new LocalStorage(new BlobServiceClient(storage), new TableServiceClient(storage))
            .CreateAsync(CancellationToken.None);
        await using var services = PortalStorage.Connect(storage);
        await new ArticleFolder(new DirectoryInfo(LocalHostCommand.Folder("Samples")), services)
            .UploadAsync(CancellationToken.None);
    }

    private static void Print(Dictionary<StartedProgram, List<Start>> starts, List<Start> empty)
    {
        Console.WriteLine("| program | ready | first answer | × empty | memory at rest | package |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var unit = Median(empty, start => start.Answered);
        foreach (var (program, all) in starts)
        {
            var (ready, answered) = (Median(all, start => start.Ready), Median(all, start => start.Answered));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {program.Name} | {ready:0} ms | {answered:0} ms | {answered / unit:0.00} | {all[^1].Megabytes} MB "
                    + $"| {program.PackageMegabytes():0.0} MB |"));
        }
    }

    private static double Median(IReadOnlyList<Start> starts, Func<Start, TimeSpan> value)
    {
        var sorted = starts.Select(start => value(start).TotalMilliseconds).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
