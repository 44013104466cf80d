using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Portal.Health;

/// <summary>
/// Requests the portal's home page and visit numbers at its public address, through DNS, TLS and Azure's front end.
/// Replaces an availability test, which costs 1.44 dollars a month for one location every 15 minutes; an hourly
/// execution is within the free grant. An alert on missing successful runs covers every failure, including that of the
/// timer.
/// </summary>
public sealed class SelfCheck(
    HttpClient http, SiteAddress address, VisitReader visits, TimeProvider clock, IOptions<SelfCheckOptions> options)
{
    /// <summary>Detected as a robot's, so that the check is not counted as a reader.</summary>
    private const string UserAgent = "PhucThuanMonitor/1.0 (self-check)";

    private const int MaxShownBody = 100;

    /// <exception cref="SelfCheckException">At least one check failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        var faults = new[]
        {
            await FindFaultAsync(() => CheckPageAsync(cancellationToken), cancellationToken),
            await FindFaultAsync(() => CheckVisitsAsync(cancellationToken), cancellationToken),
        };
        if (faults.Any(fault => fault is not null))
        {
            throw new SelfCheckException(string.Join(' ', faults.OfType<string>()));
        }
    }

    private static async Task<string?> FindFaultAsync(Func<Task<string?>> check, CancellationToken cancellationToken)
    {
        try
        {
            return await check();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{failure.GetType().Name}: {failure.GetBaseException().Message}";
        }
    }

    private async Task<string?> CheckPageAsync(CancellationToken cancellationToken)
    {
        var (status, body) = await GetAsync("/", cancellationToken);
        return status == HttpStatusCode.OK && body.Contains("data-visits", StringComparison.Ordinal)
            ? null
            : $"The home page is wrong: {Describe(status, body)}.";
    }

    /// <summary>Null when the numbers are available and a visit was counted today or yesterday.</summary>
    private async Task<string?> CheckVisitsAsync(CancellationToken cancellationToken)
    {
        var (status, body) = await GetAsync("/api/visits", cancellationToken);
        if (status != HttpStatusCode.OK
            || JsonSerializer.Deserialize<VisitNumbers>(body, JsonSerializerOptions.Web) is not { } numbers)
        {
            return $"The visit numbers are wrong: {Describe(status, body)}.";
        }

        var yesterday = VietnamTime.DayOf(clock.GetUtcNow()).AddDays(-1);
        return numbers.Today > 0
            || (await visits.ReadAsync(VisitTable.DayRow(yesterday), cancellationToken)).Sum().Visits > 0
                ? null
                : $"No visit has been counted since {VietnamTime.FormatIso(yesterday)}.";
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Of(path));
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        using var response = await http.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private static string Describe(HttpStatusCode status, string body) =>
        $"status {(int)status}, '{body[..Math.Min(body.Length, MaxShownBody)].ReplaceLineEndings(" ")}'";
}
