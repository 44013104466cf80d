using PhucThuan.Hosting;
using PhucThuan.LocalHost;
using PhucThuan.Tests.Visits;

namespace PhucThuan.Tests.Telemetry;

/// <summary>Telemetry that the function app, as a process, sends when a setting names a receiver.</summary>
public sealed class TelemetryExportTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One process sends to Application Insights and to an OTLP collector.</summary>
    [Fact]
    public async Task Metrics_and_traces_are_sent_without_paths_addresses_and_agents()
    {
        await using var insights = await TelemetryReceiver.StartAsync(Cancellation);
        await using var collector = await TelemetryReceiver.StartAsync(Cancellation);
        await storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        var host = await FunctionsHost.StartAsync(
            LocalHostCommand.Folder("Functions"),
            new FunctionsHostOptions
            {
                AddressSetting = "Site__Address",
                Settings = new Dictionary<string, string?>
                {
                    ["Storage__ConnectionString"] = storage.ConnectionString,
                    ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
                        $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint={insights.Address}",
                    ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                    ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                    ["OTEL_TRACES_SAMPLER"] = "microsoft.fixed_percentage", // for the host, as in infra/
                    ["OTEL_TRACES_SAMPLER_ARG"] = "0",
                    ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                    ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
                },
            },
            Cancellation);
        await using var running = host;
        using var client = new HttpClient { BaseAddress = host.BaseAddress };

        var view = await Caller.NewReader(client).ViewAsync(TestArticle.Slug, "?visit=true");
        await Caller.NewReader(client).SendAsync(HttpMethod.Get, "bai-viet/" + TestArticle.Slug);
        await Caller.NewReader(client).SendAsync(HttpMethod.Get, "ban-bien-tap/khoa-bi-mat");
        Assert.Equal("counted", view.Outcome);

        await Eventually.AssertAsync(() =>
        {
            Assert.All([insights, collector], receiver => Assert.All(
                ["Article", "render"],
                expected => Assert.Contains(expected, receiver.Received, StringComparison.Ordinal)));

            // The exporter to Application Insights sends metrics every minute: tests/PhucThuan.Bill waits for them.
            Assert.Contains("portal.views", collector.Received, StringComparison.Ordinal);
            Assert.Contains("portal.storage.duration", collector.Received, StringComparison.Ordinal);
            return Task.CompletedTask;
        });
        Assert.All([insights, collector], receiver => Assert.All(
            [TestArticle.Slug, "khoa-bi-mat", "Chrome/", "AccountKey"],
            secret => Assert.DoesNotContain(secret, receiver.Received, StringComparison.Ordinal)));
    }
}
