using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Pages;

namespace PhucThuan.Portal.Visits.Screening;

/// <summary>
/// The checks between a request and the counter, in order, the cheapest first: headers, memory, storage. The rate limit
/// comes before the lookup of the article, so that random slugs do not cost a storage operation each.
/// </summary>
public sealed class ViewScreening
{
    // These steps need the request alone. Whoever sends what they drop is not a reader.
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

    /// <summary>In the order in which they run.</summary>
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

    /// <summary>Whether the sender of a request that counts nothing is a reader, who is online.</summary>
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

    /// <summary>A browser that sends <c>visit</c> remembers its views and sends no repeat.</summary>
    private static bool TryBegin(ViewRequest view, RecentVisitors recent)
    {
        view.Recent = view.StartsVisit is null ? recent.TryBegin(view.Http, view.Slug) : null;
        return view.StartsVisit is not null || view.Recent is not null;
    }
}
