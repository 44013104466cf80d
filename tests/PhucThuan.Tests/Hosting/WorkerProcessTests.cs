using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PhucThuan.Hosting;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.Hosting;

/// <summary>The worker as a process: restart, log, graceful shutdown.</summary>
public sealed class WorkerProcessTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private const string Visit = $"/api/visits/{TestArticle.Slug}?visit=true";

    /// <summary>
    /// Maximum time from the kill to the first response of the restarted worker. On a busy machine, whose load varies,
    /// the limit is four times the time of the first start.
    /// </summary>
    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_worker_loses_no_acknowledged_visit_and_is_restarted()
    {
        await storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        var watch = Stopwatch.StartNew();
        await using var host = await StartAsync();
        using var client = Client(host);
        using (await client.PostAsync(Visit, content: null, Cancellation))
        {
            // From the start to the first response.
        }

        var limit = watch.Elapsed * 4 > RestartLimit ? watch.Elapsed * 4 : RestartLimit;
        var acknowledged = 0;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var visits = Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!ending.IsCancellationRequested)
            {
                using var response = await TryPostAsync(client);
                if (response is null)
                {
                    continue;
                }

                if (response.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref acknowledged);
                }
                else if (response.StatusCode != HttpStatusCode.ServiceUnavailable) // while storage is slow
                {
                    // Only requests that were pending when the worker died.
                    Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
                    Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
                }
            }
        }));
        for (var kill = 1; kill <= 2; kill++)
        {
            var before = Volatile.Read(ref acknowledged);
            await Eventually.AssertAsync(() =>
            {
                Assert.True(Volatile.Read(ref acknowledged) > before + 20);
                return Task.CompletedTask;
            });
            var killed = host.WorkerProcessId!.Value;
            using (var worker = Process.GetProcessById(killed))
            {
                worker.Kill();
                await worker.WaitForExitAsync(Cancellation);
            }

            watch.Restart();
            using var page = await client.GetAsync("/bai-viet/" + TestArticle.Slug, Cancellation);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.True(watch.Elapsed < limit, $"It took {watch.Elapsed}.");
            Assert.NotEqual(killed, host.WorkerProcessId);
        }

        await ending.CancelAsync();
        await visits;
        var counted = await PhucThuan.Tests.Visits.Counting.StoredVisits.SumAsync(
            storage.Visits,
            "site",
            counts => counts.Visits);
        Assert.True(counted >= acknowledged, $"{acknowledged} were acknowledged, {counted} are counted.");
    }

    /// <summary>Null when the worker died during the response: an incomplete response is no acknowledgement.</summary>
    private static async Task<HttpResponseMessage?> TryPostAsync(HttpClient client)
    {
        try
        {
            return await client.PostAsync(Visit, content: null, Cancellation);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    [Fact]
    public async Task The_worker_stops_with_the_host_after_the_pending_requests()
    {
        await storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        var host = await StartAsync();
        using var client = Client(host);
        using var worker = Process.GetProcessById(host.WorkerProcessId!.Value);
        var visits = Enumerable.Range(0, 20).Select(_ => client.PostAsync(Visit, content: null, Cancellation)).ToList();
        await Task.WhenAny(visits);

        await host.DisposeAsync();

        Assert.True(worker.HasExited);
        foreach (var visit in visits)
        {
            try
            {
                using var response = await visit;
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
            {
                // The request arrived after the shutdown.
            }
        }
    }

    [Fact]
    public async Task An_invalid_setting_stops_the_start_with_the_message_of_the_worker()
    {
        var failure = await Assert.ThrowsAsync<FunctionsHostException>(() =>
            StartAsync(("Site__Contact", new string('a', 501))));

        Assert.Contains("Site:Contact", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<FunctionsHostException>(() =>
            FunctionsHost.StartAsync(
                LocalHostCommand.Folder("Functions"),
                new FunctionsHostOptions { Port = port },
                Cancellation));
        Assert.Equal($"Port {port} is in use.", failure.Message);
    }

    private static HttpClient Client(FunctionsHost host) => new()
    {
        BaseAddress = host.BaseAddress,
        DefaultRequestHeaders = { { "User-Agent", TestBrowser.UserAgent } },
    };

    private Task<FunctionsHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value);
        all["Storage__ConnectionString"] = storage.ConnectionString;
        all["Visits__AddressRate"] = "1000000";
        return FunctionsHost.StartAsync(
            LocalHostCommand.Folder("Functions"),
            new FunctionsHostOptions { Settings = all },
            Cancellation);
    }
}
