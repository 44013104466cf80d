using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Functions;

/// <summary>What surrounds the pages: style sheet, scripts, icons, manifest, and the answer to addresses that do not exist.</summary>
public sealed class SiteFunctions(Assets assets, SiteManifest manifest)
{
    [Function("Asset")]
    public Task<IResult> Asset(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "assets/{file}")] HttpRequest request, string file) =>
        Methods.GetOrHead(request, () => Task.FromResult(assets.Get(file)));

    // Asked for by browsers where no page names another, as when a picture is opened by itself.
    [Function("Favicon")]
    public Task<IResult> Favicon([HttpTrigger(AuthorizationLevel.Anonymous, Route = "favicon.ico")] HttpRequest request) =>
        Methods.GetOrHead(request, () => Task.FromResult<IResult>(TypedResults.LocalRedirect(assets.AddressOf("icon-180.png"))));

    [Function("Manifest")]
    public Task<IResult> Manifest(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "manifest.webmanifest")] HttpRequest request) =>
        Methods.GetOrHead(request, () => Task.FromResult(manifest.Get()));

    // The host takes the first function, by name, whose route matches; this one must come last.
    [Function("ZNotFound")]
    public IResult NotFound(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        PortalError.NotFound;
}
