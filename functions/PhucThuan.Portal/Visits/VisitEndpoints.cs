using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using PhucThuan.Portal.Articles.Pages;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Online;
using PhucThuan.Portal.Visits.Screening;

namespace PhucThuan.Portal.Visits;

/// <summary>Counts views and returns the numbers, as JSON or as a picture.</summary>
public sealed partial class VisitEndpoints(
    ArticleLookup articles,
    VisitRecorder recorder,
    ViewScreening screening,
    VisitReader reader,
    VisitLedger ledger,
    OnlineVisitors online,
    TimeProvider clock)
{
    /// <summary>Header with the result of a view: <c>counted</c>, or the name of a <see cref="DropReason"/>.</summary>
    public const string ResultHeader = "X-Visit";

    /// <summary>
    /// <c>POST</c>: counts a view and responds after the commit. Query parameters:
    /// <list type="bullet">
    /// <item><c>visit</c>: <c>true</c> when the browser was away for 30 minutes, so that a visit begins; <c>false</c>
    /// for a further view of a visit; absent when <see cref="RecentVisitors"/> must decide.</item>
    /// <item><c>view</c>: see <see cref="Visit.ViewId"/>. Retries with the same id are counted once.</item>
    /// <item><c>webdriver=true</c>: the browser is automated.</item>
    /// <item><c>from</c>: host of the referring site. An invalid value is ignored, and the visit still counts.</item>
    /// </list>
    /// 400 for an invalid value, 404 for an unknown article.
    /// </summary>
    public async Task<IResult> CountAsync(HttpRequest request, string slug, CancellationToken cancellationToken)
    {
        var (startsVisit, driven) = (request.Query["visit"].ToString(), request.Query["webdriver"].ToString());
        if (startsVisit is not ("" or "true" or "false"))
        {
            return Invalid("visit", startsVisit, "true hoặc false");
        }

        if (driven is not ("" or "true" or "false"))
        {
            return Invalid("webdriver", driven, "true hoặc false");
        }

        var viewId = request.Query["view"] is { Count: > 0 } values ? values.ToString() : null;
        if (viewId is not null && !ViewId().IsMatch(viewId))
        {
            return Invalid("view", viewId, "16 đến 32 ký tự trong A–Z, a–z, 0–9, '_' và '-'");
        }

        bool? visit = startsVisit.Length == 0 ? null : startsVisit == "true";
        var view = new ViewRequest(request, slug, Today, visit, viewId, request.Query["from"].ToString());
        return await CountAsync(view, cancellationToken) is { } numbers
            ? TypedResults.Ok(numbers)
            : PortalError.NotFound;
    }

    /// <summary>Counts a view by a reader without JavaScript and draws the numbers; HEAD is not counted.</summary>
    public async Task<IResult> GetPictureAsync(HttpRequest request, string slug, CancellationToken cancellationToken)
    {
        var view = new ViewRequest(request, slug, Today, StartsVisit: null, ViewId: null);
        return await CountAsync(view, cancellationToken) is { } numbers ? Draw(numbers) : PortalError.NotFound;
    }

    /// <summary>Draws the numbers of the site without counting.</summary>
    public async Task<IResult> GetPictureAsync(HttpRequest request, CancellationToken cancellationToken) =>
        Draw((await ReadAsync(request, slug: null, cancellationToken))!);

    /// <summary>The numbers of the site, without counting.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(request, slug: null, cancellationToken));

    /// <summary>The numbers of the site and of one article, without counting.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, string slug, CancellationToken cancellationToken) =>
        await ReadAsync(request, slug, cancellationToken) is { } numbers
            ? TypedResults.Ok(numbers)
            : PortalError.NotFound;

    private DateOnly Today => VietnamTime.DayOf(clock.GetUtcNow());

    private static PortalError Invalid(string parameter, string value, string allowed) =>
        PortalError.BadRequest with { Detail = $"Tham số {parameter} là '{value}'; chỉ nhận {allowed}." };

    private static FileContentHttpResult Draw(VisitNumbers numbers) =>
        TypedResults.Bytes(Encoding.UTF8.GetBytes(VisitPicture.Draw(numbers)), VisitPicture.ContentType);

    /// <summary>
    /// Null for an unknown article. Counting is not cancelled when the reader closes the page, because the article has
    /// been viewed.
    /// </summary>
    private async Task<VisitNumbers?> CountAsync(ViewRequest view, CancellationToken cancellationToken)
    {
        var headers = view.Http.HttpContext.Response.Headers;
        headers.CacheControl = CachePolicy.Never;
        Rows? rows = null;
        async Task ReadAsync() => rows = await ReadRowsAsync(view.Day, view.Slug, CancellationToken.None);

        var droppedBy = await recorder.RecordAsync(view, ReadAsync, CancellationToken.None);
        if (droppedBy is null)
        {
            headers[ResultHeader] = "counted";
            return await ToNumbersAsync(view.Http, rows!, isReader: true);
        }

        if (droppedBy.Reason is { } reason)
        {
            headers[ResultHeader] = reason.Name();
        }

        if (!await ExistsAsync(view.Slug, droppedBy, cancellationToken))
        {
            return null;
        }

        await ReadAsync();
        return await ToNumbersAsync(view.Http, rows!, droppedBy.IsReader);
    }

    /// <summary>Needs no storage operation per slug, because a dropped view must be cheap.</summary>
    private async Task<bool> ExistsAsync(string slug, ScreeningStep droppedBy, CancellationToken cancellationToken) =>
        droppedBy.Reason switch
        {
            DropReason.Unknown => false,
            DropReason.Repeat => true,
            _ => await articles.IsListedAsync(slug, cancellationToken),
        };

    private async Task<VisitNumbers?> ReadAsync(HttpRequest request, string? slug, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = CachePolicy.Never;
        if (slug is not null && !await articles.ExistsAsync(slug, cancellationToken))
        {
            return null;
        }

        var rows = await ReadRowsAsync(Today, slug, cancellationToken);
        return await ToNumbersAsync(request, rows, await screening.IsReaderAsync(request, cancellationToken));
    }

    private async Task<Rows> ReadRowsAsync(DateOnly day, string? slug, CancellationToken cancellationToken)
    {
        var site = reader.ReadAsync(VisitTable.SiteRow, cancellationToken);
        var today = reader.ReadAsync(VisitTable.DayRow(day), cancellationToken);
        var article = slug is null ? null : reader.ReadAsync(VisitTable.ArticleRow(slug), cancellationToken);
        var entries = ledger.ReadAsync(cancellationToken);
        var balances = slug is null ? null : await ledger.ReadArticlesAsync(cancellationToken);
        return new Rows(
            await site,
            await today,
            article is null ? null : await article,
            (await entries).Sum(entry => entry.Amount),
            balances?.Of(slug!) ?? 0);
    }

    private async Task<VisitNumbers> ToNumbersAsync(HttpRequest request, Rows rows, bool isReader)
    {
        if (isReader)
        {
            online.See(request);
        }

        return new VisitNumbers(
            await online.CountAsync(),
            rows.Day.Sum().Visits,
            rows.Ledger + rows.Site.SumIncluding(rows.Day).Visits,
            rows.ArticleLedger + rows.Article?.Sum().Views);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{16,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ViewId();

    /// <param name="Ledger">Sum of the site's ledger entries, in visits.</param>
    /// <param name="ArticleLedger">Sum of the article's ledger entries, in views.</param>
    private sealed record Rows(
        StoredCounts Site, StoredCounts Day, StoredCounts? Article, long Ledger, long ArticleLedger);
}
