using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Tests;

/// <summary>Instruments for tests that measure nothing.</summary>
internal static class TestMetrics
{
    public static PortalMetrics None { get; } = Create(TimeProvider.System, out _);

    /// <summary>Separate instruments for one test.</summary>
    public static PortalMetrics Create(TimeProvider clock, out IMeterFactory meters)
    {
        meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new PortalMetrics(meters, clock);
    }
}
