using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>Takes the opening balance and corrections from ops.</summary>
public sealed class LedgerEndpoint(VisitLedger ledger, VisitReader reader, StatisticsEndpoint page, TimeProvider clock)
{
    private const int MaxBody = 4096;
    private const int MaxReason = 300;

    /// <summary>A thousand thousand million: far beyond any site, far from an overflow.</summary>
    private const long MaxAmount = 1_000_000_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict, // the web defaults take "5" for 5
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Vietnamese letters as they are; it is never inside HTML
    };

    /// <summary>
    /// <c>POST</c> with <c>{"id":"opening","amount":1731932,"reason":"…"}</c>: 201 when it was written, 200 when the
    /// very same entry stands there already, 409 when the id has another amount or reason.
    /// </summary>
    public async Task<IResult> AppendAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return PortalError.MethodNotAllowed("POST");
        }

        if (await ReadAsync(request, cancellationToken) is not { } wanted)
        {
            return Refuse("""Cần một đối tượng JSON không quá 4096 byte với id, amount và reason, ví dụ {"id":"opening","amount":1731932,"reason":"Số dư của cổng cũ"}.""");
        }

        if (await FindFaultAsync(wanted, cancellationToken) is { } fault)
        {
            return Refuse(fault);
        }

        var entry = new LedgerEntry(wanted.Id, wanted.Amount, wanted.Reason.Trim(), clock.GetUtcNow());
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
                Detail: $"Mục '{stored.Id}' đã được ghi lúc {VietnamTime.Format(stored.Time)} với số {stored.Amount}: {stored.Reason}."
                    + " Sổ chỉ ghi thêm, không sửa; xin ghi phần chênh lệch bằng một mục khác.");
    }

    private static PortalError Refuse(string detail) => PortalError.BadRequest with { Detail = detail };

    private static async Task<LedgerRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new byte[MaxBody + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
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
            return $"id là '{wanted.Id}'; chỉ nhận chữ thường a đến z, chữ số và dấu gạch nối, ví dụ opening hoặc sua-2026-11-24.";
        }

        var isOpening = wanted.Id == LedgerEntry.OpeningId;
        if (wanted.Amount is 0 or < -MaxAmount or > MaxAmount || (isOpening && wanted.Amount < 0))
        {
            return $"amount là {wanted.Amount}; số dư đầu kỳ (id là opening) nhận 1 đến {MaxAmount}, điều chỉnh nhận cả số âm nhưng không nhận 0.";
        }

        if (string.IsNullOrWhiteSpace(wanted.Reason) || wanted.Reason.Length > MaxReason || wanted.Reason.Any(EndsLine))
        {
            return $"reason cần 1 đến {MaxReason} ký tự trên một dòng; mọi người sẽ đọc được ở trang thống kê.";
        }

        var total = (await ledger.ReadAsync(cancellationToken)).Sum(entry => entry.Amount)
            + (await reader.ReadAsync(VisitTable.SiteRow, cancellationToken)).Sum().Visits;

        // Asked after the total, which may have no room for the amount because the very same entry has arrived before.
        return total + wanted.Amount < 0 && !await ledger.ContainsAsync(wanted.Id, cancellationToken)
            ? $"amount là {wanted.Amount}, nhưng tổng hiện có là {total}; tổng không thể âm."
            : null;
    }

    /// <summary>Control characters, and Unicode's separators of lines and paragraphs.</summary>
    private static bool EndsLine(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private sealed record LedgerRequest(string Id, long Amount, string Reason);
}
