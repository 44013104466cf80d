using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Referrers;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>Screens a view, then counts it or tallies why it was dropped.</summary>
public sealed class VisitRecorder(
    ViewScreening screening, RecentVisitors recent, ReferrerHosts referrers, VisitCounter counter,
    PortalMetrics metrics)
{
    /// <summary>Returns the step that dropped the view; null when the view is counted and stored.</summary>
    /// <param name="prepareAsync">
    /// Reads for the response. Runs before the view is counted, so that a failed read cannot turn a counted view into
    /// an error. Not called for a dropped view.
    /// </param>
    /// <exception cref="StorageUnavailableException">The view could not be counted; the client may retry.</exception>
    public async Task<ScreeningStep?> RecordAsync(
        ViewRequest view, Func<Task> prepareAsync, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(prepareAsync);
        var droppedBy = await screening.ScreenAsync(view, cancellationToken);
        if (droppedBy is null)
        {
            await CountAsync(view, prepareAsync);
            metrics.View("counted");
        }
        else if (droppedBy.Reason is { } reason)
        {
            counter.Drop(view.Day, reason);
            metrics.View(droppedBy.Name);
        }

        return droppedBy;
    }

    private async Task CountAsync(ViewRequest view, Func<Task> prepareAsync)
    {
        try
        {
            await prepareAsync();
            var startsVisit = view.StartsVisit ?? view.Recent!.StartsVisit;
            var host = startsVisit ? referrers.Find(view.Http, view.Referrer, view.Day) : null;
            await counter.CountAsync(new Visit(view.Slug, view.Day, startsVisit, view.ViewId, host));
        }
        catch
        {
            metrics.View("refused");
            if (view.Recent is { } begun)
            {
                recent.Undo(begun);
            }

            throw;
        }
    }
}
