using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Functions;

/// <summary>Statistics and ledger.</summary>
public sealed class StatisticsFunctions(
    StatisticsEndpoint page,
    MonthEndpoint months,
    StatisticsExport export,
    LedgerEndpoint ledger)
{
    [Function("Statistics")]
    public Task<IResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "thong-ke")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => page.GetAsync(cancellationToken));

    [Function("StatisticsMonth")]
    public Task<IResult> Month(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "thong-ke/{month}")] HttpRequest request,
        string month,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => months.GetAsync(month, cancellationToken));

    [Function("StatisticsCsv")]
    public Task<IResult> Csv(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/statistics.csv")] HttpRequest request) =>
        Methods.GetOrHead(request, () => Task.FromResult(export.GetCsv(request)));

    [Function("StatisticsJson")]
    public Task<IResult> Json(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/statistics.json")] HttpRequest request) =>
        Methods.GetOrHead(request, () => Task.FromResult(export.GetJson(request)));

    // With a key: the function key or a host key.
    [Function("Ledger")]
    public Task<IResult> Append(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/ledger")] HttpRequest request,
        CancellationToken cancellationToken) =>
        ledger.AppendAsync(request, cancellationToken);
}
