using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Tests;

/// <summary>Instruments that nobody listens to.</summary>
internal static class TestMetrics
{
    public static PortalMetrics None { get; } = Create(TimeProvider.System, out _);

    /// <summary>Instruments of their own, for one test.</summary>
    public static PortalMetrics Create(TimeProvider clock, out IMeterFactory meters)
    {
        meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new PortalMetrics(meters, clock);
    }
}
