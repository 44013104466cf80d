using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Functions;

/// <summary>
/// Sends metrics, spans, warnings and errors to Application Insights, to a collector, or to both. OpenTelemetry is not
/// started when neither is configured.
/// </summary>
internal static class Telemetry
{
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Set by collectors on a laptop, such as the Aspire dashboard: <c>http://localhost:4317</c>.</summary>
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Traces per minute and instance. An instance that is always awake sends at most 90,000 a month, about 0.3 GB.
    /// </summary>
    private const int TracesPerMinute = 2;

    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        var toAzure = !string.IsNullOrWhiteSpace(builder.Configuration[AzureMonitor]);
        var toCollector = !string.IsNullOrWhiteSpace(builder.Configuration[Collector]);
        if (!toAzure && !toCollector)
        {
            return;
        }

        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Warning);
        var telemetry = builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        if (toAzure)
        {
            telemetry.UseAzureMonitorExporter(options => Configure(options, builder.Configuration["Storage:ClientId"]));
        }

        if (toCollector)
        {
            telemetry.UseOtlpExporter();
        }

        // After the exporters, which would replace the sampler.
        telemetry
            .WithMetrics(metrics => metrics.AddMeter(PortalMetrics.MeterName))
            .WithTracing(traces =>
                traces
                    .AddSource(PortalActivities.SourceName)
                    .SetSampler(
                        toCollector ? new AlwaysOnSampler() : new ParentBasedSampler(new TraceBudget(TracesPerMinute)))
            );
    }

    private static void Configure(AzureMonitorExporterOptions options, string? clientId)
    {
        if (!string.IsNullOrEmpty(clientId))
        {
            options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
        }

        // Send the logs of requests whose trace is not sampled, too.
        options.EnableTraceBasedLogsSampler = false;

        // The host sends these for both processes; PortalMetrics counts requests.
        options.EnableLiveMetrics = false;
        options.EnableStandardMetrics = false;
        options.EnablePerformanceCounters = false;
    }
}
