using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Pages;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>Appends opening balances and corrections to the ledger.</summary>
public sealed class LedgerEndpoint(
    VisitLedger ledger,
    BalanceImport import,
    VisitReader reader,
    ArticleLookup articles,
    StatisticsEndpoint page,
    TimeProvider clock)
{
    private const int MaxBody = 4096;
    private const int MaxReason = 300;

    /// <summary>Above any real number, and small enough to prevent an overflow.</summary>
    private const long MaxAmount = 1_000_000_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict, // the web defaults accept "5" as a number
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Vietnamese letters unescaped; never inside HTML
    };

    /// <summary>
    /// <c>POST</c> with <c>{"id":"opening","amount":1731932,"reason":"…"}</c>, and <c>"article":"slug"</c> for views of
    /// an article: 201 when the entry was written, 200 when an equal entry exists, 409 when the entry with this id has
    /// another amount or reason. <c>POST</c> of <c>text/csv</c>: see <see cref="BalanceImport"/>.
    /// </summary>
    public async Task<IResult> AppendAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return PortalError.MethodNotAllowed("POST");
        }

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "text/csv")
        {
            return await ImportAsync(request, cancellationToken);
        }

        if (await ReadAsync(request, cancellationToken) is not { } wanted)
        {
            return Refuse(
                "Cần một đối tượng JSON không quá 4096 byte với id, amount và reason, ví dụ "
                    + """{"id":"opening","amount":1731932,"reason":"Số dư của cổng cũ"}.""");
        }

        if (await FindFaultAsync(wanted, cancellationToken) is { } fault)
        {
            return Refuse(fault);
        }

        var entry = wanted.ToEntry(clock.GetUtcNow());
        var stored = await ledger.AppendAsync(entry, cancellationToken);
        await page.ForgetAsync();
        if (ReferenceEquals(stored, entry))
        {
            return TypedResults.Json(stored, Json, statusCode: StatusCodes.Status201Created);
        }

        return stored.Amount == entry.Amount && stored.Reason == entry.Reason
            ? TypedResults.Json(stored, Json)
            : new PortalError(
                StatusCodes.Status409Conflict,
                Detail: $"Mục '{stored.Id}' đã được ghi lúc {VietnamTime.Format(stored.Time)} với số {stored.Amount}:"
                    + $" {stored.Reason}."
                    + " Sổ chỉ ghi thêm, không sửa; xin ghi phần chênh lệch bằng một mục khác.");
    }

    private async Task<IResult> ImportAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (reason, check) = (request.Query["reason"].ToString(), request.Query["check"].ToString());
        if (FindFault(reason) is { } fault)
        {
            return Refuse(fault);
        }

        if (check is not ("" or "true" or "false"))
        {
            return Refuse($"Tham số check là '{check}'; chỉ nhận true hoặc false.");
        }

        var result = await import.RunAsync(request.Body, reason.Trim(), MaxAmount, check != "true", cancellationToken);
        await page.ForgetAsync();
        return result;
    }

    private static PortalError Refuse(string detail) => PortalError.BadRequest with { Detail = detail };

    private static async Task<LedgerRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new byte[MaxBody + 1];
        var length = await request.Body.ReadAtLeastAsync(
            body,
            body.Length,
            throwOnEndOfStream: false,
            cancellationToken);
        try
        {
            return length > MaxBody ? null : JsonSerializer.Deserialize<LedgerRequest>(body.AsSpan(0, length), Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<string?> FindFaultAsync(LedgerRequest wanted, CancellationToken cancellationToken)
    {
        if (!Slug.IsValid(wanted.Id))
        {
            return $"id là '{wanted.Id}'; chỉ nhận chữ thường a đến z, chữ số và dấu gạch nối, ví dụ opening hoặc"
                + " sua-2026-11-24.";
        }

        var isOpening = wanted.Id == LedgerEntry.OpeningId;
        if (wanted.Amount is 0 or < -MaxAmount or > MaxAmount || (isOpening && wanted.Amount < 0))
        {
            return $"amount là {wanted.Amount}; số dư đầu kỳ (id là opening) nhận 1 đến {MaxAmount}, điều chỉnh nhận"
                + " cả số âm nhưng không nhận 0.";
        }

        if (FindFault(wanted.Reason) is { } fault)
        {
            return fault;
        }

        if (
            wanted.Article is { } article
            && !(Slug.IsValid(article) && await articles.ExistsAsync(article, cancellationToken)))
        {
            return $"article là '{article}'; cổng không có bài viết ấy.";
        }

        // The entry may already be stored and included in the sum; then it is valid. Read after the sum, so that a
        // concurrent write is not missed.
        var sum = await ReadSumAsync(wanted.Article, cancellationToken);
        return sum + wanted.Amount < 0 && !await ledger.ContainsAsync(wanted.ToEntry(default), cancellationToken)
            ? $"amount là {wanted.Amount}, nhưng tổng hiện có là {sum}; tổng không thể âm."
            : null;
    }

    private static string? FindFault(string reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason || reason.Any(EndsLine)
            ? $"reason cần 1 đến {MaxReason} ký tự trên một dòng; mọi người sẽ đọc được ở trang thống kê."
            : null;

    /// <summary>Visits of the site, or views of an article, including the ledger.</summary>
    private async Task<long> ReadSumAsync(string? article, CancellationToken cancellationToken) =>
        article is null
            ? (await ledger.ReadAsync(cancellationToken)).Sum(entry => entry.Amount)
                + (await reader.ReadAsync(VisitTable.SiteRow, cancellationToken)).Sum().Visits
            : (await ledger.ReadArticlesAsync(cancellationToken)).Of(article)
                + (await reader.ReadAsync(VisitTable.ArticleRow(article), cancellationToken)).Sum().Views;

    /// <summary>True for control characters and Unicode's line and paragraph separators.</summary>
    private static bool EndsLine(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private sealed record LedgerRequest(string Id, long Amount, string Reason, string? Article = null)
    {
        public LedgerEntry ToEntry(DateTimeOffset time) => new(Id, Amount, Reason.Trim(), time, Article);
    }
}
