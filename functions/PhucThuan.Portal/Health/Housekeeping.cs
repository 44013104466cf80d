using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Online;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Portal.Health;

/// <summary>
/// Hourly tasks: deletes expired rows, then runs the self-check. Expired days are deleted once a day, at night.
/// </summary>
public sealed class Housekeeping(
    VisitorCleanup visitors, VisitRetention retention, SelfCheck check, PortalMetrics metrics,
    TimeProvider clock)
{
    /// <summary>Hour in Viet Nam in which expired days are deleted.</summary>
    private const int RetentionHour = 3;

    /// <exception cref="AggregateException">Some tasks failed; the others have run. The next run retries.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Func<CancellationToken, Task>> tasks =
            [visitors.RunAsync, retention.ForgetViewsAsync, check.RunAsync];
        if (clock.GetUtcNow().ToVietnamTime().Hour == RetentionHour)
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
