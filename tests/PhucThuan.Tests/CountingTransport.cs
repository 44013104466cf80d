using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests;

/// <summary>Records downloads of articles; delays these and listings until the test allows them.</summary>
internal sealed class CountingTransport : HttpClientTransport
{
    private int _reads;

    public ConcurrentQueue<string> ArticlesRead { get; } = new();

    /// <summary>Called before the n-th download, counted from 1.</summary>
    public Func<int, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before each listing of a container.</summary>
    public Func<Task> BeforeListing { get; set; } = () => Task.CompletedTask;

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var path = message.Request.Uri.Path;
        if (message.Request.Method == RequestMethod.Get && path.EndsWith(".html", StringComparison.Ordinal))
        {
            ArticlesRead.Enqueue(path[(path.LastIndexOf('/') + 1)..]);

            // Not the count of the queue, which is ambiguous for concurrent requests.
            await BeforeRead(Interlocked.Increment(ref _reads));
        }

        if (message.Request.Uri.Query.Contains("comp=list", StringComparison.Ordinal))
        {
            await BeforeListing();
        }

        await base.ProcessAsync(message);
    }
}
