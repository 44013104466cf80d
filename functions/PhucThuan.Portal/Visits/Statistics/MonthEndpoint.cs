using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits.Ledger;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Serves the monthly report <c>/thong-ke/2026-11</c>, for printing on one sheet of A4.</summary>
public sealed class MonthEndpoint(
    StatisticsReader statistics,
    ReportReader reports,
    VisitLedger ledger,
    PageRenderer renderer,
    IFusionCache cache,
    TimeProvider clock,
    IOptions<VisitOptions> options)
{
    /// <summary>Year of the oldest valid month, as in <see cref="DayRange"/>.</summary>
    private const int FirstYear = 2000;

    private const string Format = "yyyy-MM";

    /// <summary>Age in seconds at which a report is refreshed; it takes several queries per partition.</summary>
    private const int FreshSeconds = 60;

    /// <summary><c>/thong-ke/2026-11</c>.</summary>
    public static string PathOf(DateOnly day) =>
        $"{SitePaths.Statistics}/{day.ToString(Format, CultureInfo.InvariantCulture)}";

    /// <summary>404 for an invalid month and for a month in the future.</summary>
    public async Task<IResult> GetAsync(string month, CancellationToken cancellationToken)
    {
        var today = VietnamTime.DayOf(clock.GetUtcNow());
        if (!DateOnly.TryParseExact(month, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            || first.Year < FirstYear
            || first > today)
        {
            return PortalError.NotFound;
        }

        var body = await cache.GetOrRefreshAsync<EncodedBody>(
            "statistics-month/" + month,
            (_, token) => RenderAsync(first, token),
            CachePolicy.ForStorage(FreshSeconds),
            cancellationToken);
        return new EncodedResult(body, PageRenderer.ContentType, LastModified: null, CachePolicy.Page);
    }

    private async Task<EncodedBody> RenderAsync(DateOnly first, CancellationToken cancellationToken)
    {
        var report = await ReadAsync(first, cancellationToken);
        return await renderer.RenderAsync<MonthDocument>(new() { [nameof(MonthDocument.Report)] = report });
    }

    private async Task<MonthReport> ReadAsync(DateOnly first, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = VietnamTime.DayOf(now);
        var firstKept = options.Value.FirstDayKept(today);
        var last = first.AddMonths(1).AddDays(-1);
        var (from, to) = (first < firstKept ? firstKept : first, last > today ? today : last);
        var entries = (await ledger.ReadAsync(cancellationToken))
            .Where(entry => VietnamTime.DayOf(entry.Time) >= first && VietnamTime.DayOf(entry.Time) <= last)
            .ToList();
        return from > to
            ? new MonthReport(first, now, firstKept, [], [], [], entries)
            : new MonthReport(
                first,
                now,
                firstKept,
                await statistics.ReadDaysAsync(from, to, cancellationToken),
                await reports.ReadMostReadAsync(from, to, cancellationToken),
                await reports.ReadReferrersAsync(from, to, cancellationToken),
                entries);
    }
}
