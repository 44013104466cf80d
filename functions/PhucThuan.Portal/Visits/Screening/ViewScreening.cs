using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Pages;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>
/// The checks between a request and the counter, cheapest first: headers, memory, storage. The rate limit precedes the
/// lookup of the article, because each random slug would cost a storage operation.
/// </summary>
public sealed class ViewScreening
{
    // Steps that need only the request. The sender of a view that they drop is not a reader.
    private readonly ScreeningStep[] _ofRequest;

    public ViewScreening(OtherSites others, AddressRates rates, ArticleLookup articles, RecentVisitors recent)
    {
        _ofRequest =
        [
            OfRequest("method", reason: null, request => HttpMethods.IsHead(request.Method)),
            OfRequest("foreign", DropReason.Foreign, others.Sent),
            OfRequest("prefetch", DropReason.Prefetch, request => Prefetch.IsPrefetch(request.Headers)),
            OfRequest("bot", DropReason.Bot, RobotDetector.IsRobot),
        ];
        Steps =
        [
            .. _ofRequest,
            new("limited", DropReason.Limited, IsReader: true, (view, _) => new(!IsAdmitted(view, rates))),
            new("unknown", DropReason.Unknown, IsReader: true, async (view, token) =>
                !await articles.ExistsAsync(view.Slug, token)),
            new("repeat", DropReason.Repeat, IsReader: true, (view, _) => new(!TryBegin(view, recent))),
        ];
    }

    /// <summary>In execution order.</summary>
    public IReadOnlyList<ScreeningStep> Steps { get; }

    /// <summary>The first step that drops the view; null when it is to be counted.</summary>
    public async ValueTask<ScreeningStep?> ScreenAsync(ViewRequest view, CancellationToken cancellationToken)
    {
        foreach (var step in Steps)
        {
            if (await step.DropsAsync(view, cancellationToken))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>True when the sender of a request without a view is a reader and counts as online.</summary>
    public async ValueTask<bool> IsReaderAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var view = new ViewRequest(request, Slug: "", Day: default, StartsVisit: null, ViewId: null);
        foreach (var step in _ofRequest)
        {
            if (await step.DropsAsync(view, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private static ScreeningStep OfRequest(string name, DropReason? reason, Func<HttpRequest, bool> drops) =>
        new(name, reason, IsReader: false, (view, _) => new(drops(view.Http)));

    private static bool IsAdmitted(ViewRequest view, AddressRates rates) =>
        rates.Admits(view.Http.HttpContext.Connection.RemoteIpAddress);

    /// <summary>Always true for a browser that sends <c>visit</c>, because it detects repeats itself.</summary>
    private static bool TryBegin(ViewRequest view, RecentVisitors recent)
    {
        view.Recent = view.StartsVisit is null ? recent.TryBegin(view.Http, view.Slug) : null;
        return view.StartsVisit is not null || view.Recent is not null;
    }
}
