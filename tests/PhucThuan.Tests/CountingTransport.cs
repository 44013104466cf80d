using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests;

/// <summary>Notes the articles whose content is asked for, and lets them through when the test says so.</summary>
internal sealed class CountingTransport : HttpClientTransport
{
    private int _reads;

    public ConcurrentQueue<string> ArticlesRead { get; } = new();

    /// <summary>What happens before the content of the article of this number, from 1, is asked for.</summary>
    public Func<int, Task> BeforeRead { get; set; } = _ => Task.CompletedTask;

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var path = message.Request.Uri.Path;
        if (message.Request.Method == RequestMethod.Get && path.EndsWith(".html", StringComparison.Ordinal))
        {
            ArticlesRead.Enqueue(path[(path.LastIndexOf('/') + 1)..]);

            // Not the queue's count, in which two that come at once are both the later one.
            await BeforeRead(Interlocked.Increment(ref _reads));
        }

        await base.ProcessAsync(message);
    }
}
