using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Hosting;
using PhucThuan.LocalHost;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests.Hosting;

/// <summary>The worker inside this process: replaced services, several workers at once.</summary>
public sealed class WorkerInProcessTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_workers_have_their_own_services_settings_and_addresses()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(1, 4).Select(async number =>
        {
            var clock = new FakeTimeProvider(new DateTimeOffset(2030 + number, 1, 1, 0, 0, 0, TimeSpan.Zero));
            var host = await StartAsync(
                services => services.AddSingleton<TimeProvider>(clock), new() { ["Site:Name"] = $"Cổng số {number}" });
            return (number, clock, host);
        }));
        try
        {
            Assert.Equal(4, hosts.Select(host => host.host.BaseAddress).Distinct().Count());
            foreach (var (number, clock, host) in hosts)
            {
                using var client = new HttpClient { BaseAddress = host.BaseAddress };
                Assert.Contains(
                    $"Cổng số {number}",
                    await client.GetStringAsync("/", Cancellation),
                    StringComparison.Ordinal);
                Assert.Same(clock, host.Services.GetRequiredService<TimeProvider>());
                Assert.Null(host.WorkerProcessId);
            }
        }
        finally
        {
            await Task.WhenAll(hosts.Select(host => host.host.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task A_failed_invocation_is_an_empty_500_and_logs_the_exception()
    {
        await using var host = await StartAsync(services => services.AddSingleton<PortalPipeline>(
            _ => throw new InvalidOperationException("what went wrong")));
        using var client = new HttpClient { BaseAddress = host.BaseAddress };

        using var response = await client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Contains(host.Log, entry => entry.Message.Contains("what went wrong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_timer_follows_the_clock_of_the_worker_and_survives_a_failed_run()
    {
        var runs = 0;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));
        await using var host = await StartAsync(services =>
            services
                .AddSingleton<TimeProvider>(clock)
                .AddTransient<VisitorCleanup>(_ =>
                {
                    Interlocked.Increment(ref runs);
                    throw new InvalidOperationException("a failed run");
                }));

        for (var run = 1; run <= 3; run++)
        {
            Assert.Equal(run - 1, Volatile.Read(ref runs));
            clock.Advance(TimeSpan.FromHours(1));
            await Eventually.AssertAsync(() =>
            {
                Assert.Equal(run, Volatile.Read(ref runs));
                Assert.Equal(
                    run,
                    host.Log.Count(entry =>
                        entry.Message.StartsWith("Timer function Housekeeping failed", StringComparison.Ordinal)));
                return Task.CompletedTask;
            });
        }
    }

    [Fact]
    public async Task A_timer_can_run_immediately_and_reports_its_failure()
    {
        await using (var host = await StartAsync())
        {
            await host.RunTimerAsync("housekeeping", Cancellation);
            var unknown = await Assert.ThrowsAsync<FunctionsHostException>(() =>
                host.RunTimerAsync("Home", Cancellation));
            Assert.Contains("Home", unknown.Message, StringComparison.Ordinal);
        }

        await using var failing = await StartAsync(services =>
            services.AddTransient<VisitorCleanup>(_ => throw new InvalidOperationException("a failed run")));
        var failure = await Assert.ThrowsAsync<FunctionsHostException>(() =>
            failing.RunTimerAsync("Housekeeping", Cancellation));
        Assert.Contains("a failed run", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_start_is_an_error_with_the_reason()
    {
        var failure = await Assert.ThrowsAsync<FunctionsHostException>(
            () => StartAsync(_ => throw new InvalidOperationException("no such service")));

        Assert.Contains("no such service", failure.Message, StringComparison.Ordinal);
    }

    private Task<FunctionsHost> StartAsync(
        Action<IServiceCollection>? configure = null, Dictionary<string, string?>? settings = null) =>
        FunctionsHost.StartInProcessAsync(
            LocalHostCommand.Folder("Functions"),
            configure,
            new FunctionsHostOptions
            {
                Settings = new Dictionary<string, string?>(settings ?? [])
                {
                    ["Storage:ConnectionString"] = storage.ConnectionString,
                },
            },
            Cancellation);
}
