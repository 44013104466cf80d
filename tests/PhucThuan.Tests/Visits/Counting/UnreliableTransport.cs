using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>Sends requests to storage and records them, or fails them while the test simulates an outage.</summary>
internal sealed class UnreliableTransport : HttpClientTransport
{
    private readonly ConcurrentQueue<string> _requests = new();

    public bool IsDown { get; set; }

    /// <summary>Called with the method before a request is sent, to simulate a concurrent change.</summary>
    public Func<RequestMethod, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Address of the last request.</summary>
    public string LastAddress { get; private set; } = "";

    /// <summary>Methods of the requests since the last call.</summary>
    public IReadOnlyList<string> TakeRequests()
    {
        var taken = new List<string>();
        while (_requests.TryDequeue(out var method))
        {
            taken.Add(method);
        }

        return taken;
    }

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        _requests.Enqueue(message.Request.Method.Method);
        LastAddress = message.Request.Uri.ToString();
        if (IsDown)
        {
            throw new Azure.RequestFailedException("Storage is down.");
        }

        await Before(message.Request.Method);
        await base.ProcessAsync(message);
    }
}
