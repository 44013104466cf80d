using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests;

/// <summary>Records the articles that are downloaded, and delays them until the test allows it.</summary>
internal sealed class CountingTransport : HttpClientTransport
{
    private int _reads;

    public ConcurrentQueue<string> ArticlesRead { get; } = new();

    /// <summary>Called before the n-th download, counted from 1.</summary>
    public Func<int, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var path = message.Request.Uri.Path;
        if (message.Request.Method == RequestMethod.Get && path.EndsWith(".html", StringComparison.Ordinal))
        {
            ArticlesRead.Enqueue(path[(path.LastIndexOf('/') + 1)..]);

            // Not the count of the queue, which is ambiguous for concurrent requests.
            await BeforeRead(Interlocked.Increment(ref _reads));
        }

        await base.ProcessAsync(message);
    }
}
