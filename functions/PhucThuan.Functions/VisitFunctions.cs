using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Functions;

/// <summary>
/// Visit counter: counts views and returns the numbers. The host orders functions by name and takes the first whose
/// route and method match: <c>Badge</c> comes first, because <c>{slug}</c> would match its addresses too.
/// </summary>
public sealed class VisitFunctions(VisitEndpoints visits)
{
    [Function("Visit")]
    public Task<IResult> Count(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/visits/{slug}")] HttpRequest request,
        string slug,
        CancellationToken cancellationToken) =>
        visits.CountAsync(request, slug, cancellationToken);

    [Function("Badge")]
    public Task<IResult> Badge(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/visits/{slug}.svg")] HttpRequest request,
        string slug,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => visits.GetPictureAsync(request, slug, cancellationToken));

    [Function("BadgeOfSite")]
    public Task<IResult> SiteBadge(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/visits.svg")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => visits.GetPictureAsync(request, cancellationToken));

    // Lists all methods except POST, because the host disables a function whose route and methods overlap with
    // another's.
    [Function("VisitNumbers")]
    public Task<IResult> ArticleNumbers(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "head", "put", "patch", "delete", "options",
            Route = "api/visits/{slug}")]
        HttpRequest request,
        string slug,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => visits.GetAsync(request, slug, cancellationToken), allow: "GET, HEAD, POST");

    [Function("VisitTotals")]
    public Task<IResult> SiteNumbers(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/visits")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => visits.GetAsync(request, cancellationToken));
}
