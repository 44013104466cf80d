using System.Collections.Concurrent;

namespace PhucThuan.Bill;

/// <summary>Times of requests, and bytes of their responses.</summary>
internal sealed class Timeline(Prices prices)
{
    private ConcurrentQueue<(double Start, double Seconds, long Bytes)> _requests = new();

    /// <param name="start">Seconds on any clock.</param>
    public void Add(double start, double seconds, long bytes) => _requests.Enqueue((start, seconds, bytes));

    /// <summary>The meters of the requests since the last call.</summary>
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
    /// An instance is billed while it serves at least one request. Each period is rounded up to the minimum and the
    /// step of the price list. The minimum periods of requests in quick succession overlap, and a moment is billed
    /// once.
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
