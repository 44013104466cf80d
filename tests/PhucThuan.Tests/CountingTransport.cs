using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Tests;

/// <summary>Notes the articles whose content is asked for.</summary>
internal sealed class CountingTransport : HttpClientTransport
{
    public ConcurrentQueue<string> ArticlesRead { get; } = new();

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        var path = message.Request.Uri.Path;
        if (message.Request.Method == RequestMethod.Get && path.EndsWith(".html", StringComparison.Ordinal))
        {
            ArticlesRead.Enqueue(path[(path.LastIndexOf('/') + 1)..]);
        }

        return base.ProcessAsync(message);
    }
}
