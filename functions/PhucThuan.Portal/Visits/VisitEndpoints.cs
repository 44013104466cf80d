using System.Text;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Visits;

/// <summary>Counts visits and tells the numbers, as JSON and as a picture.</summary>
public sealed class VisitEndpoints(
    ArticlePages articles,
    VisitCounter counter,
    VisitReader reader,
    OnlineVisitors online,
    TimeProvider clock)
{
    /// <summary>Says what became of a visit: <c>counted</c> or <c>unknown</c> (no such article).</summary>
    public const string ResultHeader = "X-Visit";

    /// <summary>
    /// <c>POST</c>: counts a view, and a visit unless the query has <c>visit=false</c>, by which a browser says that
    /// it made one less than 30 minutes ago. Answers after the commit.
    /// </summary>
    public async Task<IResult> CountAsync(HttpRequest request, string slug, CancellationToken cancellationToken)
    {
        bool startsVisit;
        switch (request.Query["visit"].ToString())
        {
            case "" or "true":
                startsVisit = true;
                break;
            case "false":
                startsVisit = false;
                break;
            default:
                return PortalError.BadRequest;
        }

        return await CountAsync(request, slug, startsVisit, cancellationToken) is { } numbers
            ? TypedResults.Ok(numbers)
            : PortalError.NotFound;
    }

    /// <summary>Counts a reader without script and draws the numbers; <c>HEAD</c> counts nobody.</summary>
    public async Task<IResult> GetPictureAsync(HttpRequest request, string slug, CancellationToken cancellationToken)
    {
        var numbers = HttpMethods.IsHead(request.Method)
            ? await ReadAsync(request, slug, cancellationToken)
            : await CountAsync(request, slug, startsVisit: true, cancellationToken);
        return numbers is null
            ? PortalError.NotFound
            : TypedResults.Bytes(Encoding.UTF8.GetBytes(VisitPicture.Draw(numbers)), VisitPicture.ContentType);
    }

    /// <summary>The numbers of the site, nothing counted.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(request, slug: null, cancellationToken));

    /// <summary>The numbers of the site and of one article, nothing counted.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, string slug, CancellationToken cancellationToken) =>
        await ReadAsync(request, slug, cancellationToken) is { } numbers ? TypedResults.Ok(numbers) : PortalError.NotFound;

    private async Task<VisitNumbers?> CountAsync(
        HttpRequest request, string slug, bool startsVisit, CancellationToken cancellationToken)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = CachePolicy.Never;
        if (!await articles.ExistsAsync(slug, cancellationToken))
        {
            headers[ResultHeader] = "unknown";
            return null;
        }

        // All reading is done first: once the visit is counted nothing may fail that would deny it.
        var day = VietnamTime.DayOf(clock.GetUtcNow());
        var rows = await ReadRowsAsync(day, slug, cancellationToken);
        await counter.CountAsync(new Visit(slug, day, startsVisit));
        headers[ResultHeader] = "counted";
        return await ToNumbersAsync(request, rows);
    }

    private async Task<VisitNumbers?> ReadAsync(HttpRequest request, string? slug, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = CachePolicy.Never;
        if (slug is not null && !await articles.ExistsAsync(slug, cancellationToken))
        {
            return null;
        }

        return await ToNumbersAsync(request, await ReadRowsAsync(VietnamTime.DayOf(clock.GetUtcNow()), slug, cancellationToken));
    }

    private async Task<(StoredCounts Site, StoredCounts Day, StoredCounts? Article)> ReadRowsAsync(
        DateOnly day, string? slug, CancellationToken cancellationToken)
    {
        var site = reader.ReadAsync(VisitTable.SiteRow, cancellationToken);
        var today = reader.ReadAsync(VisitTable.DayRow(day), cancellationToken);
        var article = slug is null ? null : reader.ReadAsync(VisitTable.ArticleRow(slug), cancellationToken);
        return (await site, await today, article is null ? null : await article);
    }

    private async Task<VisitNumbers> ToNumbersAsync(
        HttpRequest request, (StoredCounts Site, StoredCounts Day, StoredCounts? Article) rows)
    {
        online.See(request);
        return new(await online.CountAsync(), rows.Day.Sum().Visits, rows.Site.Sum().Visits, rows.Article?.Sum().Views);
    }
}
