using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Functions;

/// <summary>
/// Counting visits and telling the numbers. The host takes the first function, by name, whose route and method match:
/// <c>Badge</c> stands before the others, whose route would take its addresses too.
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

    // The host disables a function whose route and methods meet another's, so this one lists all but POST.
    [Function("VisitNumbers")]
    public Task<IResult> ArticleNumbers(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "head", "put", "patch", "delete", "options", Route = "api/visits/{slug}")]
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
