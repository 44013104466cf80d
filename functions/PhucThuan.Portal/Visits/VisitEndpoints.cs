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

/// <summary>Counts visits and tells the numbers, as JSON and as a picture.</summary>
public sealed partial class VisitEndpoints(
    ArticleLookup articles,
    VisitRecorder recorder,
    VisitCounter counter,
    VisitReader reader,
    VisitLedger ledger,
    OnlineVisitors online,
    TimeProvider clock)
{
    /// <summary>Says what became of a view: <c>counted</c>, or the name of a <see cref="DropReason"/>.</summary>
    public const string ResultHeader = "X-Visit";

    /// <summary>
    /// <c>POST</c>: counts a view, and answers after the commit. The query says what the browser remembers:
    /// <c>visit=true</c>, it has been away for 30 minutes and a visit begins; <c>visit=false</c>, this is a view of a
    /// visit that was counted. Without it this instance remembers. <c>view</c> identifies the view across retries, see
    /// <see cref="Visit.ViewId"/>; a view sent again under its id is counted once.
    /// </summary>
    public async Task<IResult> CountAsync(HttpRequest request, string slug, CancellationToken cancellationToken)
    {
        var startsVisit = request.Query["visit"].ToString();
        if (startsVisit is not ("" or "true" or "false"))
        {
            return PortalError.BadRequest with { Detail = $"Tham số visit là '{startsVisit}'; chỉ nhận true hoặc false." };
        }

        var viewId = request.Query["view"] is { Count: > 0 } values ? values.ToString() : null;
        if (viewId is not null && !ViewId().IsMatch(viewId))
        {
            return PortalError.BadRequest with
            {
                Detail = $"Tham số view là '{viewId}'; chỉ nhận 16 đến 32 ký tự trong A–Z, a–z, 0–9, '_' và '-'.",
            };
        }

        return await CountAsync(
            request, slug, startsVisit.Length == 0 ? null : startsVisit == "true", viewId, cancellationToken) is { } numbers
            ? TypedResults.Ok(numbers)
            : PortalError.NotFound;
    }

    /// <summary>Counts a reader without script and draws the numbers; <c>HEAD</c> counts nobody.</summary>
    public async Task<IResult> GetPictureAsync(HttpRequest request, string slug, CancellationToken cancellationToken)
    {
        var numbers = HttpMethods.IsHead(request.Method)
            ? await ReadAsync(request, slug, cancellationToken)
            : await CountAsync(request, slug, startsVisit: null, viewId: null, cancellationToken);
        return numbers is null ? PortalError.NotFound : Draw(numbers);
    }

    /// <summary>Draws the numbers of the site, nothing counted.</summary>
    public async Task<IResult> GetPictureAsync(HttpRequest request, CancellationToken cancellationToken) =>
        Draw((await ReadAsync(request, slug: null, cancellationToken))!);

    /// <summary>The numbers of the site, nothing counted.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(request, slug: null, cancellationToken));

    /// <summary>The numbers of the site and of one article, nothing counted.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, string slug, CancellationToken cancellationToken) =>
        await ReadAsync(request, slug, cancellationToken) is { } numbers ? TypedResults.Ok(numbers) : PortalError.NotFound;

    private static FileContentHttpResult Draw(VisitNumbers numbers) =>
        TypedResults.Bytes(Encoding.UTF8.GetBytes(VisitPicture.Draw(numbers)), VisitPicture.ContentType);

    private async Task<VisitNumbers?> CountAsync(
        HttpRequest request, string slug, bool? startsVisit, string? viewId, CancellationToken cancellationToken)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = CachePolicy.Never;
        var day = VietnamTime.DayOf(clock.GetUtcNow());
        if (!await articles.ExistsAsync(slug, cancellationToken))
        {
            counter.Drop(day, DropReason.Unknown);
            headers[ResultHeader] = DropReason.Unknown.Name();
            return null;
        }

        // All reading is done first: once the visit is counted nothing may fail that would deny it.
        var rows = await ReadRowsAsync(day, slug, cancellationToken);
        var reason = await recorder.RecordAsync(request, slug, day, startsVisit, viewId);
        headers[ResultHeader] = reason?.Name() ?? "counted";
        return await ToNumbersAsync(request, rows, isReader: reason is not (DropReason.Bot or DropReason.Prefetch));
    }

    private async Task<VisitNumbers?> ReadAsync(HttpRequest request, string? slug, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = CachePolicy.Never;
        if (slug is not null && !await articles.ExistsAsync(slug, cancellationToken))
        {
            return null;
        }

        var rows = await ReadRowsAsync(VietnamTime.DayOf(clock.GetUtcNow()), slug, cancellationToken);
        return await ToNumbersAsync(request, rows, isReader: VisitRecorder.ReasonNoReader(request) is null);
    }

    private async Task<Rows> ReadRowsAsync(DateOnly day, string? slug, CancellationToken cancellationToken)
    {
        var site = reader.ReadAsync(VisitTable.SiteRow, cancellationToken);
        var today = reader.ReadAsync(VisitTable.DayRow(day), cancellationToken);
        var article = slug is null ? null : reader.ReadAsync(VisitTable.ArticleRow(slug), cancellationToken);
        var entries = ledger.ReadAsync(cancellationToken);
        return new Rows(await site, await today, article is null ? null : await article, await entries);
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
            rows.Ledger.Sum(entry => entry.Amount) + rows.Site.SumIncluding(rows.Day).Visits,
            rows.Article?.Sum().Views);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{16,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ViewId();

    private sealed record Rows(
        StoredCounts Site, StoredCounts Day, StoredCounts? Article, IReadOnlyList<LedgerEntry> Ledger);
}
