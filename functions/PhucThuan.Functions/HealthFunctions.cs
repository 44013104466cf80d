using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Health;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Functions;

/// <summary>
/// Health of the portal. Two functions, because the host either requires a key for a function or does not check it.
/// </summary>
public sealed class HealthFunctions(HealthEndpoint health)
{
    [Function("Health")]
    public Task<IResult> Alive(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/health")] HttpRequest request) =>
        Methods.GetOrHead(request, () => Task.FromResult(HealthEndpoint.GetAlive(request)));

    [Function("HealthReport")]
    public Task<IResult> Report(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/health/report")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => health.GetReportAsync(request, cancellationToken));
}
