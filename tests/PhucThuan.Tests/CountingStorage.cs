using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests;

/// <summary>Counts requests to storage, and refuses them when the test says so.</summary>
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
