using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PhucThuan.Benchmarks;

/// <summary>
/// Counts table operations. Sends one request at a time, because transactions of Azurite (3.35.0) are not isolated.
/// </summary>
internal sealed class StorageTraffic : HttpClientTransport
{
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private long _transactions;
    private long _entities;
    private long _others;
    private int _underWay;

    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Number of entities in all transactions.</summary>
    public long Entities => Interlocked.Read(ref _entities);

    /// <summary>Number of reads, queries and writes of single rows.</summary>
    public long Others => Interlocked.Read(ref _others);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        Interlocked.Increment(ref _underWay);
        await OneAtATime.WaitAsync(message.CancellationToken);
        try
        {
            await CountAsync(message.Request);
            await base.ProcessAsync(message);
        }
        finally
        {
            OneAtATime.Release();
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>Waits until background refreshes have finished.</summary>
    public async Task SettleAsync()
    {
        for (var quiet = 0; quiet < 3; quiet = Volatile.Read(ref _underWay) == 0 ? quiet + 1 : 0)
        {
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task CountAsync(Request request)
    {
        if (!request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _others);
            return;
        }

        using var body = new MemoryStream();
        await request.Content!.WriteToAsync(body, CancellationToken.None);
        Interlocked.Increment(ref _transactions);
        Interlocked.Add(ref _entities, Encoding.UTF8.GetString(body.ToArray()).Split(" HTTP/1.1").Length - 1);
    }
}
