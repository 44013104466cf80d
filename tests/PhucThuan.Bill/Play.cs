using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PhucThuan.Hosting;
using PhucThuan.LocalHost;

namespace PhucThuan.Bill;

/// <summary>
/// Simulates readers of the published function app, which runs in the local Functions host with counted storage. It
/// runs in real time, because the worker is a process whose clock cannot be moved.
/// </summary>
internal sealed class Play : IAsyncDisposable
{
    private static readonly TimeSpan CachesAreOld = TimeSpan.FromSeconds(65);

    private readonly Readers _readers;
    private readonly Timeline _timeline;
    private readonly CountedStorage _storage;
    private readonly TelemetrySink _telemetry;
    private readonly string _app;
    private readonly Random _random = new(1);
    private readonly List<string> _articles = [];
    private int _failures;
    private FunctionsHost? _host;

    private Play(Readers readers, Timeline timeline, CountedStorage storage, TelemetrySink telemetry, string app) =>
        (_readers, _timeline, _storage, _telemetry, _app) = (readers, timeline, storage, telemetry, app);

    public Uri Portal => _host!.BaseAddress;

    /// <summary>Number of failed requests; more than a few invalidate the measurement.</summary>
    public int Failures => _failures;

    /// <param name="app">Folder of the published function app.</param>
    public static async Task<Play> StartAsync(
        Readers readers, Prices prices, string app, CancellationToken cancellationToken)
    {
        var play = new Play(
            readers,
            new Timeline(prices),
            await CountedStorage.StartAsync(cancellationToken),
            await TelemetrySink.StartAsync(cancellationToken),
            app);
        await play.PublishAsync(cancellationToken);
        await play.StartHostAsync(cancellationToken);
        await play.CrawlAsync(cancellationToken); // builds the catalogue's snapshot, like the very first start
        await play.OpenEveryArticleAsync(cancellationToken);
        return play;
    }

    /// <summary>Restarts the worker and requests one page.</summary>
    public async Task<Meters> RestartAsync(CancellationToken cancellationToken)
    {
        await _host!.DisposeAsync();
        Take();
        await StartHostAsync(cancellationToken);
        await CrawlAsync(cancellationToken);
        return Take().Meters;
    }

    /// <summary>Measures a running instance for some minutes without requests.</summary>
    public async Task<(Meters Meters, IReadOnlyDictionary<string, int> Operations)> IdleAsync(
        TimeSpan time, CancellationToken cancellationToken)
    {
        await WaitAsync(CachesAreOld, cancellationToken);
        Take();
        await WaitAsync(time, cancellationToken);
        return Grouped(Take());
    }

    /// <summary>Requests a page as a robot, after the caches have expired.</summary>
    public async Task<Meters> RobotAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(CachesAreOld, cancellationToken);
        Take();
        await CrawlAsync(cancellationToken);
        await SettleAsync(cancellationToken);
        return Take().Meters;
    }

    /// <summary>Runs the hourly timer, which includes the self-check of the portal.</summary>
    public async Task<(Meters Meters, IReadOnlyDictionary<string, int> Operations)> HousekeepAsync(
        CancellationToken cancellationToken)
    {
        await WaitAsync(CachesAreOld, cancellationToken);
        Take();
        var start = Stopwatch.GetTimestamp();
        await _host!.RunTimerAsync("Housekeeping", cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _timeline.Add(start / (double)Stopwatch.Frequency, seconds, bytes: 0);

        // The two requests of the self-check keep a second instance, one that serves pages, busy for the same time.
        _timeline.Add(start / (double)Stopwatch.Frequency + 3600, seconds, bytes: 0);
        _timeline.Add(start / (double)Stopwatch.Frequency + 3600, 0, bytes: 0);
        return Grouped(Take());
    }

    /// <summary>Uploads an article, then requests the home page as a robot until all lists have the article.</summary>
    public async Task<Meters> UploadAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(CachesAreOld, cancellationToken);
        Take();
        await new BlobContainerClient(_storage.Connection, "articles").GetBlobClient("bai-moi.html").UploadAsync(
            BinaryData.FromString($"<title>Bài mới {Guid.NewGuid():N}</title><p>Nội dung."), true, cancellationToken);
        using var reader = NewReader(isNew: false);
        for (var look = 0; look < 3; look++)
        {
            await reader.CrawlAsync("/", cancellationToken);
            await WaitAsync(TimeSpan.FromSeconds(35), cancellationToken); // listings are fresh for 30 s
        }

        return Take().Meters;
    }

    /// <summary>
    /// Simulates the arrivals of some minutes, at the rate of this number of visits per month, until the last reader
    /// has left.
    /// </summary>
    public async Task<VisitMeasurement> VisitsAsync(
        double visitsPerMonth, TimeSpan time, CancellationToken cancellationToken)
    {
        var perMinute = _readers.ArrivalsPerMinute(visitsPerMonth);
        Take();
        var (visits, robots, pages) = (0, 0.0, new List<Task>());
        var start = Stopwatch.GetTimestamp();
        for (
            var next = TimeSpan.Zero;
            next < time;
            next += TimeSpan.FromMinutes(-Math.Log(1 - _random.NextDouble()) / perMinute))
        {
            if (next - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } pause)
            {
                await WaitAsync(pause, cancellationToken);
            }

            visits++;
            pages.Add(VisitAsync(cancellationToken));
            for (robots += _readers.RobotPagesPerVisit; robots >= 1; robots--)
            {
                pages.Add(CrawlAsync(cancellationToken));
            }
        }

        await Task.WhenAll(pages);
        await SettleAsync(cancellationToken);
        return new(visitsPerMonth, visits, (1.0 / visits) * Take().Meters);
    }

    /// <summary>
    /// Simulates one visit with an empty browser cache after the caches of the portal have expired. Includes the later
    /// requests of its pages.
    /// </summary>
    public async Task<(Meters Meters, IReadOnlyDictionary<string, int> Operations)> LoneVisitAsync(
        CancellationToken cancellationToken)
    {
        await WaitAsync(CachesAreOld, cancellationToken);
        Take();
        await VisitAsync(cancellationToken, _readers.MinutesOpen, isNew: true);
        await SettleAsync(cancellationToken);
        return Grouped(Take());
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? default);
        await _telemetry.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private static (Meters Meters, IReadOnlyDictionary<string, int> Operations) Grouped(
        (Meters Meters, IReadOnlyList<StorageOperation> Operations) taken) =>
        (taken.Meters, taken.Operations.GroupBy(operation => operation.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count()));

    private static Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) =>
        Task.Delay(time, TimeProvider.System, cancellationToken);

    /// <summary>Waits until the app has written its online visitors, ten seconds after a request.</summary>
    private static Task SettleAsync(CancellationToken cancellationToken) =>
        WaitAsync(TimeSpan.FromSeconds(25), cancellationToken);

    private async Task VisitAsync(CancellationToken cancellationToken, double? minutesOpen = null, bool? isNew = null)
    {
        using var reader = NewReader(isNew ?? Chance(_readers.ShareOfNewBrowsers));
        var startsVisit = true;
        for (var page = 0; page < _readers.PagesPerVisit; page++)
        {
            // The first page is an article, because only articles count a visit.
            var isArticle =
                page == 0
                || Chance((_readers.ShareOfArticles * _readers.PagesPerVisit - 1) / (_readers.PagesPerVisit - 1));
            var minutes = minutesOpen ?? -Math.Log(1 - Next()) * _readers.MinutesOpen;
            await reader.ReadAsync(
                isArticle ? Article() : "/",
                startsVisit,
                TimeSpan.FromMinutes(minutes),
                cancellationToken);
            startsVisit = false;
        }
    }

    private async Task CrawlAsync(CancellationToken cancellationToken)
    {
        using var reader = NewReader(isNew: false);
        await reader.CrawlAsync(Article(), cancellationToken);
    }

    private async Task OpenEveryArticleAsync(CancellationToken cancellationToken)
    {
        // Includes the pictures, so that their resized versions, which all instances share, exist before the
        // measurement.
        using var reader = NewReader(isNew: true);
        foreach (var article in _articles)
        {
            await reader.LoadAsync(article, cancellationToken);
        }
    }

    private ReaderClient NewReader(bool isNew)
    {
        lock (_random)
        {
            return new ReaderClient(
                Portal, _timeline, _random, _readers, isNew, _ => Interlocked.Increment(ref _failures));
        }
    }

    private bool Chance(double probability) => Next() < probability;

    private double Next()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }

    private string Article()
    {
        lock (_random)
        {
            return _articles[_random.Next(_articles.Count)];
        }
    }

    private (Meters Meters, IReadOnlyList<StorageOperation> Operations) Take()
    {
        var operations = _storage.Take();
        int Count(OperationPrice price) => operations.Count(operation => operation.Price == price);
        return (_timeline.Take() with
        {
            TableOperations = Count(OperationPrice.Table),
            BlobWrites = Count(OperationPrice.Write),
            BlobReads = Count(OperationPrice.Read),
            LogBytes = _telemetry.Take(),
        }, operations);
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var connection = _storage.DirectConnection;
        await new LocalStorage(new BlobServiceClient(connection), new TableServiceClient(connection)).CreateAsync(
            cancellationToken);
        var samples = new DirectoryInfo(LocalHostCommand.Folder("Samples"));
        await using var services = PortalStorage.Connect(connection);
        await new ArticleFolder(samples, services).UploadAsync(cancellationToken);
        _articles.AddRange(samples.GetFiles("*.html")
            .Select(file => "/bai-viet/" + Path.GetFileNameWithoutExtension(file.Name))
            .Order(StringComparer.Ordinal));
    }

    private async Task StartHostAsync(CancellationToken cancellationToken) => _host = await FunctionsHost.StartAsync(
        _app,
        new FunctionsHostOptions
        {
            AddressSetting = "Site__Address",
            Settings = new Dictionary<string, string?>
            {
                ["Storage__ConnectionString"] = _storage.Connection,
                ["ReaderAddress__Header"] = "CLIENT-IP",
                ["SelfCheck__Enabled"] = "true",
                ["Logging__LogLevel__Microsoft.AspNetCore.DataProtection"] = "Error",
                ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = _telemetry.Connection,
                ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
                ["APPLICATIONINSIGHTS_SDKSTATS_DISABLED"] = "true",
            },
        },
        cancellationToken);
}
