using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PhucThuan.LocalHost;
using PhucThuan.Tests;

namespace PhucThuan.Benchmarks;

/// <summary>
/// Measures a portal with very many articles: the first instance, which reads all articles; the next instance, which
/// starts from the snapshots; a change; and pages. Each is compared with a portal with one hundredth of the articles.
/// </summary>
internal sealed class ManyArticles : IAsyncDisposable
{
    private const int Repeats = 50;

    private static readonly (string Name, string Path)[] Pages =
    [
        ("home", "/"), ("the last page of the list", "/?trang={0}"), ("an article", "/bai-viet/bai-7"),
        ("a search for one word", "/tim-kiem?q=chè"), ("a search for three words", "/tim-kiem?q=nguoi+dan+xom"),
        ("site map page", "/so-do-trang"), ("feed", "/feed.xml"), ("sitemap", "/sitemap.xml"),
    ];

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("phucthuan-bench-");
    private readonly HttpClient _client =
        new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
    private AzuriteServer _azurite = null!;
    private int _count;

    public static async Task RunAsync(int count)
    {
        var few = await MeasureAsync(count / 100);
        var many = await MeasureAsync(count);
        Console.WriteLine($"{count} articles compared with {count / 100}, medians of {Repeats}, one client:");
        foreach (var (name, _) in Pages)
        {
            Console.WriteLine($"  {name}: {many[name]:0.0} ms, × {many[name] / few[name]:0.0}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _azurite.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(int count)
    {
        await using var bench = new ManyArticles { _count = count };
        bench._azurite = await AzuriteServer.StartAsync(bench._data, CancellationToken.None);
        Console.WriteLine($"{count} articles");
        await bench.UploadAsync();
        await bench.MeasureStartAsync("first instance");
        return await bench.MeasureStartAsync("next instance");
    }

    private async Task<Dictionary<string, double>> MeasureStartAsync(string name)
    {
        await using var portal = new PortalHost(
            _azurite.ConnectionString,
            settings: new() { ["Articles:FreshSeconds"] = "1", ["Visits:AddressRate"] = "1000000" });
        var root = portal.Address;
        var watch = Stopwatch.StartNew();
        await GetAsync(new(root, "/bai-viet/bai-7"));
        Console.WriteLine($"  {name}: first article after {watch.Elapsed.TotalSeconds:0.0} s");
        await WaitUntilAsync(root, "/", page => page.Contains("bai-", StringComparison.Ordinal));
        Console.WriteLine($"  {name}: full list after {watch.Elapsed.TotalSeconds:0.0} s");
        await WaitUntilAsync(root, "/tim-kiem?q=chè", page => !page.Contains("còn thiếu", StringComparison.Ordinal));
        Console.WriteLine($"  {name}: search in all articles after {watch.Elapsed.TotalSeconds:0.0} s");

        watch.Restart();
        var title = $"Sửa lúc {Stopwatch.GetTimestamp()}";
        await UploadAsync(7, title);
        await WaitUntilAsync(root, "/tim-kiem?q=" + title, page => page.Contains("bai-7\"", StringComparison.Ordinal));
        Console.WriteLine($"  {name}: changed article found after {watch.Elapsed.TotalSeconds:0.0} s");

        var times = new Dictionary<string, double>();
        foreach (var (page, path) in Pages)
        {
            times[page] =
                await MedianAsync(new(root, string.Format(CultureInfo.InvariantCulture, path, (_count + 19) / 20)));
        }

        GC.Collect();
        Console.WriteLine(
            $"  {name}: {GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB of objects, "
                + $"{Environment.WorkingSet >> 20} MiB of memory");
        return times;
    }

    private async Task<double> MedianAsync(Uri address)
    {
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await GetAsync(address);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Order().ElementAt(Repeats / 2);
    }

    private async Task WaitUntilAsync(Uri root, string path, Func<string, bool> isReady)
    {
        while (!isReady(await GetAsync(new(root, path))))
        {
            // Not ready yet, or 503.
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<string> GetAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("User-Agent", TestBrowser.UserAgent);
        using var response = await _client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task UploadAsync()
    {
        await new LocalStorage(
            new BlobServiceClient(_azurite.ConnectionString), new TableServiceClient(_azurite.ConnectionString))
            .CreateAsync(CancellationToken.None);
        var uploaded = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(1, _count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            await UploadAsync(number, null);
            if (Interlocked.Increment(ref uploaded) % 1000 == 0)
            {
                Console.WriteLine($"  {uploaded} uploaded");
            }
        });
    }

    private async Task UploadAsync(int number, string? title)
    {
        var blob = new BlobClient(_azurite.ConnectionString, "articles", $"bai-{number}.html");
        await blob.UploadAsync(
            BinaryData.FromString(Html(number, title)),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/html; charset=utf-8" } });
    }

    /// <summary>
    /// Generates an article of 600 words, deterministic by number, in one of twelve categories, within ten years.
    /// </summary>
    private static string Html(int number, string? title)
    {
        var random = new Random(number);
        var date = new DateTime(2026, 10, 31).AddHours(-random.Next(10 * 365 * 24));
        var html = new StringBuilder($"<!doctype html><html lang=vi><title>{title ?? Text(random, 9)}</title>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<meta name=date content='{date:yyyy-MM-dd HH:mm}'><meta name=author content='{Text(random, 3)}'>");
        html.Append(
            CultureInfo.InvariantCulture, $"<meta name=category content='Chuyên mục {random.Next(12)}'><article>");
        for (var paragraph = 0; paragraph < 8; paragraph++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(random, 75)}.</p>");
        }

        return html.ToString();
    }

    // Few frequent and many rare words, as in natural language.
    internal static string Text(Random random, int words) => string.Join(
        ' ', Enumerable.Range(0, words).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 3))]));

    private static readonly string[] Words =
    [
        .. "người dân xóm xã chè đồi đường ngày năm của và các được trong cho với".Split(' '),
        .. from first in "b c ch d đ g h kh l m n ng nh ph t th tr v x".Split(' ')
        from rest in "an ang ành ấm ất âu đường ết iên iều inh ình ói ong ông ơi ương uân úc ường ưởng ững ựng ỷ".Split(
            ' ')
        select first + rest,
    ];
}
