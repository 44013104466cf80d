using System.Reflection;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Portal.Health;

/// <summary>Health checks: liveness for everyone, and a detailed report for ops.</summary>
public sealed class HealthEndpoint(
    BlobServiceClient blobs,
    TableServiceClient tables,
    PartitionRegistry registry,
    CatalogueCache catalogue,
    TimeProvider clock)
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(10);

    private static readonly string Version = typeof(HealthEndpoint).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private readonly DateTimeOffset _started = clock.GetUtcNow();

    /// <summary>200 with <c>{"status":"ok"}</c>. Uses no storage, so that it can be requested every minute.</summary>
    public static IResult GetAlive(HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = CachePolicy.Never;
        return TypedResults.Ok(new { status = "ok" });
    }

    /// <summary>A <see cref="HealthReport"/>: 200, or 503 when a part has a fault.</summary>
    public async Task<IResult> GetReportAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = CachePolicy.Never;
        var faults = new Dictionary<string, string>();
        var articles = TryAsync("blobs", ReadCatalogueAsync, faults, cancellationToken);
        var commit = TryAsync("tables", ReadLastCommitAsync, faults, cancellationToken);
        var report = new HealthReport(
            "ok", Version, _started, await articles, await commit, Faults: null);
        return faults.Count == 0
            ? TypedResults.Ok(report)
            : TypedResults.Json(
                report with
                {
                    Status = "failing",
                    Faults = faults,
                },
                statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<T?> TryAsync<T>(
        string part,
        Func<CancellationToken, Task<T?>> read,
        Dictionary<string, string> faults,
        CancellationToken cancellationToken)
    {
        try
        {
            return await read(cancellationToken).WaitAsync(CheckTimeout, clock, cancellationToken);
        }
        catch (Exception failure) when (failure is TimeoutException || StorageFailures.Include(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (faults)
            {
                faults[part] = failure.GetBaseException() is RequestFailedException { ErrorCode: { } code }
                    ? code
                    : failure.GetBaseException().GetType().Name;
            }

            return default;
        }
    }

    /// <summary>
    /// Requests the container, too, because a cached catalogue does not show that storage is available.
    /// </summary>
    private async Task<CatalogueHealth?> ReadCatalogueAsync(CancellationToken cancellationToken)
    {
        await blobs
            .GetBlobContainerClient(ArticleReader.ContainerName)
            .GetPropertiesAsync(cancellationToken: cancellationToken);
        var entries = (await catalogue.GetAllAsync(cancellationToken)).Entries.Count;
        return new(entries, (int)(clock.GetUtcNow() - catalogue.CheckedAt).TotalSeconds);
    }

    private async Task<DateTimeOffset?> ReadLastCommitAsync(CancellationToken cancellationToken)
    {
        var table = tables.GetTableClient(VisitTable.Name);
        var commits = await Task.WhenAll((await registry.ReadPartitionsAsync(cancellationToken)).Select(partition =>
            table.FindAsync(VisitTable.PartitionKey(partition), VisitTable.FenceRow, cancellationToken)));
        return commits.Max(commit => commit?.Timestamp);
    }
}
