using Azure.Core;
using Azure.Core.Pipeline;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>Counts the requests to table <c>visits</c>, one at a time, and loses those that the test names.</summary>
internal sealed class TableTraffic : HttpClientTransport
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private int _requests;

    /// <summary>Takes the address of a request; true when the request is lost.</summary>
    public Func<string, bool> IsLost { get; set; } = _ => false;

    /// <summary>The requests since the last call.</summary>
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
