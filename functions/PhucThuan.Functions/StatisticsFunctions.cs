using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Functions;

/// <summary>Statistics, ledger, and the deletion of old days and of view ids.</summary>
public sealed class StatisticsFunctions(
    StatisticsEndpoint page,
    MonthEndpoint months,
    StatisticsExport export,
    LedgerEndpoint ledger,
    VisitRetention retention)
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

    // The only function with a key: the function key or a host key.
    [Function("Ledger")]
    public Task<IResult> Append(
        [HttpTrigger(AuthorizationLevel.Function, Route = "api/ledger")] HttpRequest request,
        CancellationToken cancellationToken) =>
        ledger.AppendAsync(request, cancellationToken);

    // 20:30 UTC is 03:30 in Viet Nam.
    [Function("VisitRetention")]
    public Task DeleteOldDays([TimerTrigger("0 30 20 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        retention.RunAsync(cancellationToken);

    [Function("ViewRetention")]
    public Task ForgetViews([TimerTrigger("0 45 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        retention.ForgetViewsAsync(cancellationToken);
}
