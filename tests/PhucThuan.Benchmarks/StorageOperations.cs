using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using PhucThuan.LocalHost;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Benchmarks;

/// <summary>
/// Requests to table <c>visits</c> for each visit with the number reads of its page. Readers visit one after the other
/// without a pause; the case of one reader a minute is in the tests, where the clock can be moved.
/// </summary>
internal static class StorageOperations
{
    private const int Visits = 5_000;
    private const int Articles = 20;

    private static readonly DateOnly Day = new(2026, 11, 24);

    public static async Task RunAsync()
    {
        foreach (var (instances, readers) in new[] { (1, 1), (1, 64), (1, 1000), (8, 1000) })
        {
            var data = Directory.CreateTempSubdirectory("phucthuan-bench-");
            await using (var azurite = await AzuriteServer.StartAsync(data, CancellationToken.None))
            {
                await new TableClient(azurite.ConnectionString, VisitTable.Name).CreateAsync();
                using var traffic = new Traffic();
                var portals = Enumerable.Range(0, instances).Select(_ => new Instance(azurite.ConnectionString, traffic)).ToList();
                var left = Visits;
                await Task.WhenAll(Enumerable.Range(0, readers).Select(async reader =>
                {
                    for (int visit; (visit = Interlocked.Decrement(ref left)) >= 0;)
                    {
                        await portals[reader % instances].VisitAsync($"bai-{visit % Articles}");
                    }
                }));
                Console.WriteLine($"{instances} instances, {readers} readers: {traffic.Requests / (double)Visits:0.000} requests a visit");
            }

            data.Delete(recursive: true);
        }
    }

    private sealed class Instance
    {
        private readonly VisitCounter _counter;
        private readonly VisitReader _reader;

        public Instance(string storage, Traffic traffic)
        {
            var options = new TableClientOptions { Transport = traffic };
            options.Retry.MaxRetries = 0;
            var (tables, clock, known) = (new TableServiceClient(storage, options), TimeProvider.System, new KnownCounts());
            var registry = new PartitionRegistry(tables, clock, NullLogger<PartitionRegistry>.Instance);
            var watch = new PartitionWatch(tables, registry, known, clock);
            _counter = new VisitCounter(tables, registry, known, clock, NullLogger<VisitCounter>.Instance);
            _reader = new VisitReader(tables, watch, known, clock, NullLogger<VisitReader>.Instance);
        }

        public async Task VisitAsync(string slug)
        {
            await _counter.CountAsync(new Visit(slug, Day, true, Guid.NewGuid().ToString("N")));
            foreach (var row in new[] { VisitTable.SiteRow, VisitTable.DayRow(Day), VisitTable.ArticleRow(slug) })
            {
                _ = (await _reader.ReadAsync(row, CancellationToken.None)).Sum();
            }
        }
    }

    /// <summary>One request at a time: transactions of Azurite (3.35.0) are not isolated.</summary>
    private sealed class Traffic : HttpClientTransport
    {
        private static readonly SemaphoreSlim OneAtATime = new(1);

        private long _requests;

        public long Requests => Interlocked.Read(ref _requests);

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            Interlocked.Increment(ref _requests);
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
}
