using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhucThuan.LocalHost;
using PhucThuan.Portal.Visits;
using PhucThuan.Tests;

namespace PhucThuan.Benchmarks;

/// <summary>Result of one measurement.</summary>
/// <param name="Answered">Number of successful responses.</param>
/// <param name="P99">99th percentile of the response time in milliseconds.</param>
/// <param name="StorageRequests">Number of requests to Table storage during the measurement.</param>
internal sealed record Measurement(long Answered, double PerSecond, double P99, long StorageRequests);

/// <summary>The portal behind a Functions host, a bare web server and Azurite, on loopback.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private const int Clients = 64;

    // Time for tiered compilation before each measurement.
    private const int WarmUpSeconds = 3;

    private const string Slug = "xom-go-man-chung-suc-lam-duong-be-tong";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("phucthuan-bench-");
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Clients });
    private readonly MeterListener _meter = new();
    private AzuriteServer _azurite = null!;
    private PortalHost _portal = null!;
    private WebApplication _bare = null!;
    private long _tableRequests;

    public Uri ArticleAddress => new(_portal.Address, "/bai-viet/" + Slug);

    /// <summary>The request that the script of a page sends: each view has a new id.</summary>
    public Uri VisitAddress => new(_portal.Address, $"/api/visits/{Slug}{VisitQuery}");

    public Uri BareAddress => new(_bare.Urls.First() + "/bare");

    public Uri BarePostAddress => new(_bare.Urls.First() + "/bare-post");

    public Uri NaiveAddress => new(_bare.Urls.First() + "/naive");

    /// <summary>The portal's counter in the bare server, like the naive one without host and worker.</summary>
    public Uri CounterAddress => new(_bare.Urls.First() + $"/counter/{Slug}{VisitQuery}");

    /// <summary>The portal's counter for views without an id, which need no row to recognise a retry.</summary>
    public Uri CounterWithoutIdsAddress => new(_bare.Urls.First() + $"/counter/{Slug}?visit=true");

    private static string VisitQuery => $"?visit=true&view={Guid.NewGuid():N}";

    public static async Task<Bench> StartAsync()
    {
        var bench = new Bench();
        await bench.StartAllAsync();
        return bench;
    }

    public async Task<Measurement> MeasureAsync(string name, HttpMethod method, Func<Uri> address, int seconds)
    {
        await SendAllAsync(method, address, WarmUpSeconds, []);
        var times = new ConcurrentBag<double>();
        var before = Interlocked.Read(ref _tableRequests);
        var watch = Stopwatch.StartNew();
        await SendAllAsync(method, address, seconds, times);
        var elapsed = watch.Elapsed.TotalSeconds;
        var sorted = times.Order().ToList();
        var result = new Measurement(
            sorted.Count, sorted.Count / elapsed, sorted[(int)(sorted.Count * 0.99)],
            Interlocked.Read(ref _tableRequests) - before);
        Console.WriteLine($"{name}: {result.PerSecond:0}/s, p99 {result.P99:0.0} ms");
        return result;
    }

    private async Task SendAllAsync(HttpMethod method, Func<Uri> address, int seconds, ConcurrentBag<double> times)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var start = Stopwatch.GetTimestamp();
                using var response = await SendAsync(method, address());
                await response.Content.ReadAsByteArrayAsync();
                if (response.IsSuccessStatusCode)
                {
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        })));
    }

    public async ValueTask DisposeAsync()
    {
        _meter.Dispose();
        _client.Dispose();
        await _portal.DisposeAsync();
        await _bare.DisposeAsync();
        await _azurite.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task StartAllAsync()
    {
        _azurite = await AzuriteServer.StartAsync(_data, CancellationToken.None);
        _portal = new PortalHost(_azurite.ConnectionString, settings: new() { ["Visits:AddressRate"] = "1000000" });
        using var page = await SendAsync(HttpMethod.Get, ArticleAddress);
        _bare = BuildBare((await page.Content.ReadAsByteArrayAsync()).Length);
        await _bare.StartAsync();
        CountTableRequests();
    }

    private WebApplication BuildBare(int length)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_portal.Services.GetRequiredService<VisitEndpoints>());
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var constant = RandomNumberGenerator.GetBytes(length);
        var table = new TableClient(_azurite.ConnectionString, "naive");
        table.CreateIfNotExists();
        app.MapGet("/bare", () => TypedResults.Bytes(constant));
        app.MapPost("/bare-post", () => TypedResults.Ok(new VisitNumbers(1, 2, 3, 4)));
        app.MapPost("/naive", () => CountNaivelyAsync(table));
        app.MapPost(
            "/counter/{slug}",
            (HttpRequest request, string slug, VisitEndpoints visits, CancellationToken cancellationToken) =>
                visits.CountAsync(request, slug, cancellationToken));
        return app;
    }

    /// <summary>A naive counter: read, increment, replace with If-Match, retry.</summary>
    private static async Task<IResult> CountNaivelyAsync(TableClient table)
    {
        while (true)
        {
            try
            {
                var row = await table.GetEntityIfExistsAsync<TableEntity>("visits", "total");
                if (!row.HasValue)
                {
                    await table.AddEntityAsync(new TableEntity("visits", "total") { ["Count"] = 1L });
                    return TypedResults.Ok(1);
                }

                var count = row.Value!.GetInt64("Count")!.Value + 1;
                row.Value["Count"] = count;
                await table.UpdateEntityAsync(row.Value, row.Value.ETag, TableUpdateMode.Replace);
                return TypedResults.Ok(count);
            }
            catch (Azure.RequestFailedException conflict) when (conflict.Status is 409 or 412)
            {
                // A concurrent request won: retry.
            }
        }
    }

    /// <summary>
    /// Rows per second that the emulator inserts in group transactions of one client, without a counter. This is the
    /// upper limit for a counter that writes a row for each view and commits one batch at a time.
    /// </summary>
    /// <param name="rows">Rows of each transaction, like the views of one commit.</param>
    public async Task<double> MeasureInsertsAsync(int rows, int seconds)
    {
        var table = new TableClient(_azurite.ConnectionString, "inserts");
        await table.CreateIfNotExistsAsync();
        var watch = Stopwatch.StartNew();
        var inserted = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            await table.SubmitTransactionAsync(Enumerable.Range(0, rows).Select(_ => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity("00", Guid.NewGuid().ToString("N")) { ["Time"] = DateTimeOffset.UnixEpoch })));
            inserted += rows;
        }

        return inserted / watch.Elapsed.TotalSeconds;
    }

    private void CountTableRequests()
    {
        var endpoint = _azurite.ConnectionString.Split("TableEndpoint=")[1];
        var port = new Uri(endpoint).Port;
        _meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.client.request.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meter.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag is { Key: "server.port", Value: int value } && value == port)
                {
                    Interlocked.Increment(ref _tableRequests);
                }
            }
        });
        _meter.Start();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Accept-Encoding", "br");
        request.Headers.Add("User-Agent", TestBrowser.UserAgent);
        return await _client.SendAsync(request);
    }
}
