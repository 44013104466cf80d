using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits.Checkpoints;

namespace PhucThuan.Functions;

/// <summary>Checkpoints of the visit count: the file, and the nightly run that appends to it.</summary>
public sealed class CheckpointFunctions(CheckpointEndpoint endpoint, CheckpointWriter writer)
{
    [Function("Checkpoints")]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/checkpoints.jsonl")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => endpoint.GetAsync(request, cancellationToken));

    // 18:30 UTC is 01:30 in Viet Nam: all views of the previous day are stored, and VisitRetention has not run yet.
    [Function("CheckpointWriter")]
    public Task Append([TimerTrigger("0 30 18 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        writer.RunAsync(cancellationToken);
}
