using System.Collections.Concurrent;

namespace PhucThuan.Bill;

/// <summary>When requests were being answered, and how many bytes went out.</summary>
internal sealed class Timeline(Prices prices)
{
    private ConcurrentQueue<(double Start, double Seconds, long Bytes)> _requests = new();

    /// <param name="start">Seconds on any clock.</param>
    public void Add(double start, double seconds, long bytes) => _requests.Enqueue((start, seconds, bytes));

    /// <summary>The meters of what came since the last call.</summary>
    public Meters Take()
    {
        var requests = Interlocked.Exchange(ref _requests, new()).OrderBy(request => request.Start).ToList();
        return new Meters(
            Executions: requests.Count,
            BusySeconds: BilledSeconds(requests),
            SpreadSeconds: Enumerable.Range(0, 2)
                .Sum(instance => BilledSeconds([.. requests.Where((_, index) => index % 2 == instance)])),
            BytesOut: requests.Sum(request => (double)request.Bytes));
    }

    /// <summary>
    /// An instance is billed while it serves at least one request, each period rounded up to the price list's shortest
    /// one and its step. An instance is not billed twice for one moment, so the shortest periods of requests that come
    /// shortly after one another overlap.
    /// </summary>
    private double BilledSeconds(IReadOnlyList<(double Start, double Seconds, long Bytes)> requests)
    {
        var (billed, end) = (0.0, double.NegativeInfinity);
        foreach (var (start, seconds, _) in requests)
        {
            var until =
                start + Math.Max(prices.ShortestPeriod, Math.Ceiling(seconds / prices.PeriodStep) * prices.PeriodStep);
            if (until > end)
            {
                billed += until - Math.Max(start, end);
                end = until;
            }
        }

        return billed;
    }
}
