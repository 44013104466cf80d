using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>The numbers by day and article as files, for whoever wants to check or to draw them.</summary>
public sealed class StatisticsExport(StatisticsReader statistics, VisitLedger ledger, VisitReader reader, TimeProvider clock)
    : IDisposable
{
    /// <summary>Days of one file.</summary>
    private const int MaxDays = 366;

    private const int DefaultDays = 30;

    /// <summary>Files that are made at once; a year of 10,000 articles is millions of rows.</summary>
    private const int MaxAtOnce = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Vietnamese letters as they are; it is never inside HTML
    };

    private readonly SemaphoreSlim _turns = new(MaxAtOnce);

    /// <summary><c>day,article,visits,views</c>, comma-separated as RFC 4180 has it; no value needs quotes.</summary>
    public IResult GetCsv(HttpRequest request) => Send(request, "text/csv; charset=utf-8", "csv", async (range, body, token) =>
    {
        // Never disposed: that would send what it holds after a failure too, and with it a 200 instead of the 503.
        var writer = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync("day,article,visits,views");
        await foreach (var row in statistics.ReadArticlesAsync(range.First, range.Last, token))
        {
            await writer.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{VietnamTime.FormatIso(row.Day)},{row.Article},{row.Visits},{row.Views}"));
        }

        await writer.FlushAsync(token);
    });

    /// <summary>Days with dropped views, articles by day, and what the total is made of.</summary>
    public IResult GetJson(HttpRequest request) => Send(request, "application/json", "json", async (range, body, token) =>
    {
        var entries = await ledger.ReadAsync(token);
        var counted = (await reader.ReadAsync(VisitTable.SiteRow, token)).Sum();
        var days = await statistics.ReadDaysAsync(range.First, range.Last, token);
        var file = new
        {
            TimeZone = VietnamTime.Zone.Id,
            From = range.First,
            To = range.Last,
            Total = counted.Visits + entries.Sum(entry => entry.Amount),
            CountedVisits = counted.Visits,
            CountedViews = counted.Views,
            Ledger = entries,
            Days = days,
            Articles = statistics.ReadArticlesAsync(range.First, range.Last, token),
        };
        await JsonSerializer.SerializeAsync(body, file, Json, token);
    });

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    private IResult Send(
        HttpRequest request, string contentType, string extension, Func<DayRange, Stream, CancellationToken, Task> write)
    {
        var today = VietnamTime.DayOf(clock.GetUtcNow());
        if (DayRange.TryRead(request.Query, today, DefaultDays, MaxDays, out var range) is { } fault)
        {
            return PortalError.BadRequest with { Detail = fault };
        }

        request.HttpContext.Response.Headers.CacheControl = CachePolicy.Export;
        var token = request.HttpContext.RequestAborted;
        return Results.Stream(
            body => HttpMethods.IsHead(request.Method) ? Task.CompletedTask : InTurnAsync(() => write(range, body, token), token),
            contentType,
            $"thong-ke-{VietnamTime.FormatIso(range.First)}-{VietnamTime.FormatIso(range.Last)}.{extension}");
    }

    private async Task InTurnAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        if (!await _turns.WaitAsync(Patience, cancellationToken))
        {
            throw new StorageUnavailableException($"{MaxAtOnce} files of statistics are being made already.");
        }

        try
        {
            await write();
        }
        finally
        {
            _turns.Release();
        }
    }
}
