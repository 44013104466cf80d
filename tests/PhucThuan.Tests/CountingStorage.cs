using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests;

/// <summary>Counts requests to storage, and fails them when the test says so.</summary>
internal sealed class CountingStorage : HttpClientTransport
{
    private int _requests;
    private int _received;

    public int Requests => _requests;

    public bool IsDown { get; set; }

    /// <summary>Number of successful GET responses, complete or partial.</summary>
    public int Received => _received;

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        Interlocked.Increment(ref _requests);
        if (IsDown)
        {
            throw new HttpRequestException("Storage is down in this test.");
        }

        await base.ProcessAsync(message);
        if (message.Request.Method == RequestMethod.Get && message.Response.Status is 200 or 206)
        {
            Interlocked.Increment(ref _received);
        }
    }
}
