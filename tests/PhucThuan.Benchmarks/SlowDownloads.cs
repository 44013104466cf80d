using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PhucThuan.Hosting;
using PhucThuan.LocalHost;
using PhucThuan.Portal.Media;
using PhucThuan.Tests;

namespace PhucThuan.Benchmarks;

/// <summary>
/// 500 readers download a document of 15 MB at 300 bytes a second while others request pages, pictures and visits; with
/// redirects to storage as in <c>commune</c>, and through the app as on a private network. The worker is a separate
/// process, as in Azure. No other request may be refused, and the worker must stay under 300 MB.
/// </summary>
internal sealed class SlowDownloads : IAsyncDisposable
{
    private const int SlowReaders = 500;
    private const int Seconds = 90;
    private const int FileLength = 15 * 1024 * 1024;
    private const int MaxMegabytes = 300;
    private const string Document = "bao-cao.pdf";
    private const string Slug = "xom-go-man-chung-suc-lam-duong-be-tong";

    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("phucthuan-bench-");
    private readonly HttpClient _client = new() { DefaultRequestHeaders = { { "User-Agent", TestBrowser.UserAgent } } };
    private AzuriteServer _azurite = null!;
    private FunctionsHost _host = null!;

    /// <returns>False when another request was refused, or the worker used too much memory.</returns>
    public static async Task<bool> RunAsync()
    {
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{SlowReaders} readers of {FileLength / 1024 / 1024} MB at {SlowReader.BytesPerSecond} B/s for"
                    + $" {Seconds} s:"
            ));
        Console.WriteLine(
            "| way | slow: reading | refused | cut off | beside: answered | refused | p50 | p99 | worker MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var isGood = true;
        foreach (var (name, megabytes) in new[] { ("redirect to storage", 1), ("through the app", 0) })
        {
            await using var load = new SlowDownloads();
            await load.StartAsync(megabytes);
            isGood &= await load.MeasureAsync(name);
        }

        return isGood;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _azurite.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task StartAsync(int redirectMegabytes)
    {
        _azurite = await AzuriteServer.StartAsync(_data, CancellationToken.None);
        var storage = _azurite.ConnectionString;
        await new LocalStorage(new BlobServiceClient(storage), new TableServiceClient(storage))
            .CreateAsync(CancellationToken.None);
        await using (var services = PortalStorage.Connect(storage))
        {
            await new ArticleFolder(new DirectoryInfo(LocalHostCommand.Folder("Samples")), services)
                .UploadAsync(CancellationToken.None);
        }

        await new BlobContainerClient(storage, MediaFiles.ContainerName)
            .UploadBlobAsync(Document, BinaryData.FromBytes(new byte[FileLength]));
        _host = await FunctionsHost.StartAsync(
            LocalHostCommand.Folder("Functions"),
            new FunctionsHostOptions
            {
                AddressSetting = "Site__Address",
                Settings = new Dictionary<string, string?>
                {
                    ["Storage__ConnectionString"] = storage,
                    ["Visits__AddressRate"] = "1000000",
                    ["Media__RedirectMegabytes"] = redirectMegabytes.ToString(CultureInfo.InvariantCulture),
                    ["Logging__LogLevel__Default"] = "Error",
                },
            });
    }

    private async Task<bool> MeasureAsync(string name)
    {
        // Starts the portal, so that its start is not part of the measurement.
        using (var page = await _client.GetAsync(new Uri(_host.BaseAddress, "/bai-viet/" + Slug)))
        {
            page.EnsureSuccessStatusCode();
        }

        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds));
        var times = new ConcurrentBag<double>();
        var refused = new ConcurrentBag<string>();
        var address = new Uri(_host.BaseAddress, "/media/" + Document);
        var slow = Enumerable.Range(0, SlowReaders).Select(_ => SlowReader.ReadAsync(address, end.Token)).ToList();
        var beside = new Func<HttpRequestMessage>[]
        {
            () => new(HttpMethod.Get, new Uri(_host.BaseAddress, "/")),
            () => new(HttpMethod.Get, new Uri(_host.BaseAddress, "/bai-viet/" + Slug)),
            () => new(HttpMethod.Get, new Uri(_host.BaseAddress, "/media/doi-che-binh-minh.jpg?w=640")),
            () => new(
                HttpMethod.Post,
                new Uri(_host.BaseAddress, $"/api/visits/{Slug}?visit=true&view={Guid.NewGuid():N}")),
        }.Select(request => ReadAsync(request, times, refused, end.Token)).ToList();
        var memory = await WatchMemoryAsync(end.Token);
        await Task.WhenAll(beside);
        var outcomes = (await Task.WhenAll(slow)).CountBy(outcome => outcome).ToDictionary();

        var sorted = times.Order().ToList();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {outcomes.GetValueOrDefault("reading")} | {outcomes.GetValueOrDefault("refused")} "
                    + $"| {outcomes.GetValueOrDefault("cut off")} | {sorted.Count} | {refused.Count} "
                    + $"| {sorted[sorted.Count / 2]:0} ms | {sorted[(int)(sorted.Count * 0.99)]:0} ms | {memory} |"));
        foreach (var group in refused.CountBy(reason => reason).OrderByDescending(group => group.Value).Take(5))
        {
            Console.WriteLine($"  {group.Value} × {group.Key}");
        }

        return refused.IsEmpty && memory < MaxMegabytes;
    }

    private async Task ReadAsync(
        Func<HttpRequestMessage> next,
        ConcurrentBag<double> times,
        ConcurrentBag<string> refused,
        CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var request = next();
            var start = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await _client.SendAsync(request, CancellationToken.None);
                await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode)
                {
                    refused.Add($"{(int)answer.StatusCode} {request.RequestUri!.AbsolutePath}");
                }
            }
            catch (HttpRequestException failure)
            {
                refused.Add($"{request.RequestUri!.AbsolutePath}: {failure.Message}");
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Largest resident memory of the worker's process in MB.</summary>
    private async Task<long> WatchMemoryAsync(CancellationToken end)
    {
        var most = 0L;
        while (!end.IsCancellationRequested)
        {
            if (_host.WorkerProcessId is { } id)
            {
                using var worker = Process.GetProcessById(id);
                most = Math.Max(most, worker.WorkingSet64 / 1024 / 1024);
            }

            await Task.Delay(SampleInterval, TimeProvider.System, CancellationToken.None);
        }

        return most;
    }
}
