using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>Has a view counted, or dropped for a reason that is tallied.</summary>
public sealed class VisitRecorder(VisitCounter counter, AddressRates rates, RecentVisitors recent)
{
    /// <summary>Whether a machine asks, or a browser without its reader: nobody who could be online.</summary>
    public static DropReason? ReasonNoReader(HttpRequest request) =>
        RobotDetector.IsRobot(request.Headers.UserAgent.ToString()) ? DropReason.Bot
        : Prefetch.IsPrefetch(request.Headers) ? DropReason.Prefetch
        : null;

    /// <summary>Null when the view is counted and in storage, else why it is not.</summary>
    /// <param name="slug">An article that exists.</param>
    /// <param name="startsVisit">
    /// Whether the browser has been away for 30 minutes, as it says; null when it does not remember, and the memory of
    /// this instance decides.
    /// </param>
    /// <param name="viewId">See <see cref="Visit.ViewId"/>.</param>
    /// <exception cref="StorageUnavailableException">The view could not be counted and may be sent again.</exception>
    public async Task<DropReason?> RecordAsync(HttpRequest request, string slug, DateOnly day, bool? startsVisit, string? viewId = null)
    {
        var reason = ReasonNoReader(request)
            ?? ReasonOfRate(request)
            ?? await CountAsync(request, slug, day, startsVisit, viewId);
        if (reason is { } drop)
        {
            counter.Drop(day, drop);
        }

        return reason;
    }

    private DropReason? ReasonOfRate(HttpRequest request) =>
        rates.Admits(request.HttpContext.Connection.RemoteIpAddress) ? null : DropReason.Limited;

    private async Task<DropReason?> CountAsync(HttpRequest request, string slug, DateOnly day, bool? startsVisit, string? viewId)
    {
        if (startsVisit is { } remembered)
        {
            await counter.CountAsync(new Visit(slug, day, remembered, viewId));
            return null;
        }

        if (recent.TryBegin(request, slug) is not { } view)
        {
            return DropReason.Repeat;
        }

        try
        {
            await counter.CountAsync(new Visit(slug, day, view.StartsVisit, viewId));
            return null;
        }
        catch
        {
            recent.Undo(view);
            throw;
        }
    }
}
