using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Online;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Portal.Health;

/// <summary>
/// What the portal does once an hour: deletes old rows, then checks itself. Old days are deleted in one hour of the
/// night.
/// </summary>
public sealed class Housekeeping(
    VisitorCleanup visitors, VisitRetention retention, SelfCheck check, PortalMetrics metrics,
    TimeProvider clock)
{
    /// <summary>In Viet Nam.</summary>
    private const int HourOfDays = 3;

    /// <exception cref="AggregateException">Some of it failed; the rest was done. The next run goes on.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Func<CancellationToken, Task>> tasks =
            [visitors.RunAsync, retention.ForgetViewsAsync, check.RunAsync];
        if (clock.GetUtcNow().ToVietnamTime().Hour == HourOfDays)
        {
            tasks.Add(retention.RunAsync);
        }

        var failures = new List<Exception>();
        foreach (var task in tasks)
        {
            try
            {
                await task(cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }

        metrics.Housekeeping(succeeded: failures.Count == 0);
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }
}
