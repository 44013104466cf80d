using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.About;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Functions;

/// <summary>
/// Assets, web app manifest, service worker, QR codes, pages about the portal, and the fallback for unknown addresses.
/// </summary>
public sealed class SiteFunctions(
    Assets assets,
    SiteManifest manifest,
    FixedPage<AboutDocument> about,
    FixedPage<OfflineDocument> offline,
    QrCodes codes,
    MissingPage missing)
{
    [Function("About")]
    public Task<IResult> About(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "ve-cong-thong-tin")] HttpRequest request) =>
        Methods.GetOrHead(request, about.GetAsync);

    [Function("Asset")]
    public Task<IResult> Asset(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "assets/{file}")] HttpRequest request, string file) =>
        Methods.GetOrHead(request, () => Task.FromResult(assets.Get(file)));

    // Browsers request this icon for responses that are not HTML, such as a picture.
    [Function("Favicon")]
    public Task<IResult> Favicon(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "favicon.ico")] HttpRequest request) =>
        Methods.GetOrHead(
            request, () => Task.FromResult<IResult>(TypedResults.LocalRedirect(assets.AddressOf("icon-180.png"))));

    [Function("Manifest")]
    public Task<IResult> Manifest(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "manifest.webmanifest")] HttpRequest request) =>
        Methods.GetOrHead(request, () => Task.FromResult(manifest.Get()));

    [Function("Offline")]
    public Task<IResult> Offline(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "doc-ngoai-tuyen")] HttpRequest request) =>
        Methods.GetOrHead(request, offline.GetAsync);

    [Function("QrCode")]
    public Task<IResult> QrCode(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "ma-qr.svg")] HttpRequest request) =>
        Methods.GetOrHead(request, () => Task.FromResult(codes.Get(request)));

    [Function("ServiceWorker")]
    public Task<IResult> ServiceWorker(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "sw.js")] HttpRequest request) =>
        Methods.GetOrHead(request, () => Task.FromResult(assets.Worker));

    // The host orders functions by name and takes the first whose route matches: keep this name last.
    [Function("ZNotFound")]
    public Task<IResult> NotFound(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        missing.GetAsync(request.Path, PortalError.NotFound, cancellationToken);
}
