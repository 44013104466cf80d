using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests;

/// <summary>Counts requests to storage, and fails them on request of the test.</summary>
internal sealed class CountingStorage : HttpClientTransport
{
    private int _requests;

    public int Requests => _requests;

    public bool IsDown { get; set; }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Interlocked.Increment(ref _requests);
        return IsDown
            ? ValueTask.FromException(new HttpRequestException("Storage is down in this test."))
            : base.ProcessAsync(message);
    }
}
