using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Ledger;

namespace PhucThuan.Portal.Visits.Statistics;

/// <summary>Exports the numbers by day and article as CSV and JSON.</summary>
public sealed class StatisticsExport(
    StatisticsReader statistics,
    VisitLedger ledger,
    VisitReader reader,
    TimeProvider clock,
    IOptions<VisitOptions> options) : IDisposable
{
    /// <summary>Maximum number of days per file.</summary>
    private const int MaxDays = 366;

    private const int DefaultDays = 30;

    /// <summary>Maximum number of concurrent exports; a year of 10,000 articles has millions of rows.</summary>
    private const int MaxAtOnce = 2;

    private const int MaxQueued = 8;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Vietnamese letters unescaped; never inside HTML
    };

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = MaxAtOnce,
        QueueLimit = MaxQueued,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Columns <c>day,article,visits,views</c> (RFC 4180); no value needs quotes.</summary>
    public IResult GetCsv(HttpRequest request) =>
        Send(
            request,
            "text/csv; charset=utf-8",
            "csv",
            async (range, body, token) =>
            {
                await using var writer = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true)
                {
                    NewLine = "\r\n",
                };
                await writer.WriteLineAsync("day,article,visits,views");
                await foreach (var row in statistics.ReadArticlesAsync(range.First, range.Last, token))
                {
                    await writer.WriteLineAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{VietnamTime.FormatIso(row.Day)},{row.Article},{row.Visits},{row.Views}"));
                }

                await writer.FlushAsync(token);
            });

    /// <summary>Days with dropped views, articles by day, and the parts of the total.</summary>
    public IResult GetJson(HttpRequest request) =>
        Send(
            request,
            "application/json",
            "json",
            async (range, body, token) =>
            {
                var entries = await ledger.ReadAsync(token);
                var counted = (await reader.ReadAsync(VisitTable.SiteRow, token)).Sum();
                var days = await statistics.ReadDaysAsync(range.First, range.Last, token);
                var file = new
                {
                    TimeZone = VietnamTime.Zone.Id,
                    From = range.First,
                    To = range.Last,
                    FirstDayKept = options.Value.FirstDayKept(VietnamTime.DayOf(clock.GetUtcNow())),
                    Total = counted.Visits + entries.Sum(entry => entry.Amount),
                    CountedVisits = counted.Visits,
                    CountedViews = counted.Views,
                    Ledger = entries,
                    ArticleLedger = ledger.QueryArticlesAsync(token),
                    Days = days,
                    Articles = statistics.ReadArticlesAsync(range.First, range.Last, token),
                    Referrers = statistics.ReadReferrersAsync(range.First, range.Last, token),
                };
                await JsonSerializer.SerializeAsync(body, file, Json, token);
            });

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();

    private IResult Send(
        HttpRequest request,
        string contentType,
        string extension,
        Func<DayRange, Stream, CancellationToken, Task> write)
    {
        var today = VietnamTime.DayOf(clock.GetUtcNow());
        if (DayRange.TryRead(request.Query, today, DefaultDays, MaxDays, out var range) is { } fault)
        {
            return PortalError.BadRequest with { Detail = fault };
        }

        request.HttpContext.Response.Headers.CacheControl = CachePolicy.Export;
        var token = request.HttpContext.RequestAborted;
        return Results.Stream(
            async body =>
            {
                if (!HttpMethods.IsHead(request.Method))
                {
                    await using var file = await CreateAsync(content => write(range, content, token), token);
                    await file.CopyToAsync(body, token);
                }
            },
            contentType,
            $"thong-ke-{VietnamTime.FormatIso(range.First)}-{VietnamTime.FormatIso(range.Last)}.{extension}");
    }

    /// <summary>
    /// Creates a temporary file, which is deleted when it is closed. The concurrency limit applies to the creation
    /// only, so that a slow download does not block other exports.
    /// </summary>
    private async Task<FileStream> CreateAsync(Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireAsync(permitCount: 1, cancellationToken);
        if (!lease.IsAcquired)
        {
            throw new StorageUnavailableException($"{MaxQueued} exports are waiting.");
        }

        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        try
        {
            await write(file);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
