using Azure;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Visits.Ledger;

/// <summary>
/// Imports the old portal's views by article: one ledger entry per line of a CSV file. The whole file is validated
/// first, and nothing is written if a line is invalid. Idempotent: a line whose entry is already stored is skipped.
/// </summary>
public sealed class BalanceImport(VisitLedger ledger, CatalogueCache catalogues, TimeProvider clock)
{
    /// <summary>
    /// Maximum number of entries per request. The client repeats the request until none remains and can show progress.
    /// </summary>
    internal const int MaxWritten = 2_000;

    /// <summary>4 MiB: 20,000 lines with the longest slugs.</summary>
    private const int MaxBody = 4 * 1024 * 1024;

    private const int TransactionSize = 100;
    private const int MaxFaults = 20;

    /// <param name="reason">Reason of all entries.</param>
    /// <param name="maxViews">Maximum number of views of an article.</param>
    /// <param name="writes">False for a dry run.</param>
    public async Task<IResult> RunAsync(
        Stream body, string reason, long maxViews, bool writes, CancellationToken cancellationToken)
    {
        var content = new byte[MaxBody + 1];
        var length = await body.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxBody)
        {
            return Refuse([$"Tệp dài hơn {MaxBody} byte; xin chia thành nhiều tệp."]);
        }

        using var text = new StreamReader(new MemoryStream(content, 0, length));
        var file = BalanceFile.Read(text, maxViews);
        var stored = await ledger.QueryArticlesAsync(cancellationToken)
            .Where(entry => entry.IsOpening)
            .ToDictionaryAsync(entry => entry.Article!, cancellationToken: cancellationToken);
        var catalogue = await catalogues.GetAsync(cancellationToken);
        var faults = file
            .Faults.Concat(
                file.Lines.Where(line => !catalogue.Contains(line.Article))
                    .Select(line =>
                        $"Dòng {line.Number}: cổng không có bài '{line.Article}'; xin đăng bài trước hoặc bỏ dòng này.")
            )
            .Concat(
                file.Lines.Where(line => stored.TryGetValue(line.Article, out var entry) && entry.Amount != line.Views)
                    .Select(line =>
                        $"Dòng {line.Number}: bài '{line.Article}' đã ghi {stored[line.Article].Amount} lượt xem;"
                        + " sổ chỉ ghi thêm, xin ghi phần chênh lệch bằng một mục khác."))
            .ToList();
        if (faults.Count > 0)
        {
            return Refuse(faults);
        }

        var missing = file.Lines.Where(line => line.Views > 0 && !stored.ContainsKey(line.Article)).ToList();
        var written = writes ? await WriteAsync(missing.Take(MaxWritten), reason, cancellationToken) : 0;
        return TypedResults.Ok(new BalanceResult(file.Lines.Count, written, missing.Count - written));
    }

    private static PortalError Refuse(List<string> faults)
    {
        var rest = faults.Count > MaxFaults ? $"\nVà {faults.Count - MaxFaults} lỗi nữa." : "";
        return PortalError.BadRequest with
        {
            Detail = "Chưa ghi gì.\n" + string.Join('\n', faults.Take(MaxFaults)) + rest,
        };
    }

    private async Task<int> WriteAsync(
        IEnumerable<BalanceLine> lines, string reason, CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var chunk in lines.Chunk(TransactionSize))
        {
            var now = clock.GetUtcNow();
            try
            {
                await ledger.AppendAsync(
                    chunk.Select(line => new LedgerEntry(LedgerEntry.OpeningId, line.Views, reason, now, line.Article)),
                    cancellationToken);
            }
            catch (RequestFailedException failure) when (failure.Status == 409)
            {
                // A concurrent request imports the same file, or a response of storage was lost. The next request reads
                // what is stored.
                return written;
            }

            written += chunk.Length;
        }

        return written;
    }
}

/// <summary>As JSON: <c>{"lines":1200,"written":1200,"remaining":0}</c>.</summary>
/// <param name="Lines">Number of articles in the file.</param>
/// <param name="Written">Number of entries that this request has written.</param>
/// <param name="Remaining">Number of entries that are not written yet; repeat the request for them.</param>
public sealed record BalanceResult(int Lines, int Written, int Remaining);
