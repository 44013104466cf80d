using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Search.Pages;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Functions;

/// <summary>Full-text search.</summary>
public sealed class SearchFunctions(SearchEndpoint search)
{
    [Function("Search")]
    public Task<IResult> Search(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "tim-kiem")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => search.GetAsync(request, cancellationToken));
}
