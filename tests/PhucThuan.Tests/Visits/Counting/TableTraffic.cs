using Azure.Core;
using Azure.Core.Pipeline;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>Counts requests to table <c>visits</c>, sends one at a time, and drops those that a test selects.</summary>
internal sealed class TableTraffic : HttpClientTransport
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private int _requests;

    /// <summary>Takes the address of a request; returns true to drop it.</summary>
    public Func<string, bool> IsLost { get; set; } = _ => false;

    /// <summary>Number of requests since the last call.</summary>
    public int TakeRequests() => Interlocked.Exchange(ref _requests, 0);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var address = Uri.UnescapeDataString(message.Request.Uri.ToString());
        if (
            address.Contains(VisitTable.Name, StringComparison.Ordinal)
            || address.Contains("$batch", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _requests);
        }

        if (IsLost(address))
        {
            throw new Azure.RequestFailedException("The request was lost.");
        }

        await OneAtATime.WaitAsync(message.CancellationToken);
        try
        {
            await base.ProcessAsync(message);
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
