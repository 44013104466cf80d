using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Articles.Lists;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Functions;

/// <summary>Atom feeds, site maps and robots.txt.</summary>
public sealed class FeedFunctions(FeedEndpoint feeds, SiteMapEndpoint maps)
{
    [Function("Feed")]
    public Task<IResult> Feed(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "feed.xml")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => feeds.GetAsync(cancellationToken));

    [Function("FeedOfCategory")]
    public Task<IResult> CategoryFeed(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "chuyen-muc/{slug}/feed.xml")] HttpRequest request,
        string slug,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => feeds.GetAsync(slug, cancellationToken));

    [Function("Robots")]
    public Task<IResult> Robots(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "robots.txt")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => maps.GetRobotsAsync(cancellationToken));

    [Function("SiteMap")]
    public Task<IResult> SiteMap(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "sitemap.xml")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => maps.GetAsync(cancellationToken));

    [Function("SiteMapPart")]
    public Task<IResult> SiteMapPart(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "sitemap-{number}.xml")] HttpRequest request,
        string number,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => maps.GetPartAsync(number, cancellationToken));
}
