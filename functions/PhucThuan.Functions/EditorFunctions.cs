using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Editors;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Functions;

/// <summary>Pages for editors: the state of their files, and drafts. The keys in the routes are secrets.</summary>
public sealed class EditorFunctions(DeskEndpoint desk, DraftEndpoint drafts)
{
    [Function("Desk")]
    public Task<IResult> Desk(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "ban-bien-tap/{key}")] HttpRequest request,
        string key,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => desk.GetAsync(key, cancellationToken));

    [Function("DeskJson")]
    public Task<IResult> DeskJson(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "ban-bien-tap/{key}/tinh-trang.json")] HttpRequest request,
        string key,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => desk.GetJsonAsync(key, cancellationToken));

    [Function("Draft")]
    public Task<IResult> Draft(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "ban-nhap/{key}/{**name}")] HttpRequest request,
        string key,
        string? name,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => drafts.GetAsync(key, name ?? "", cancellationToken));
}
