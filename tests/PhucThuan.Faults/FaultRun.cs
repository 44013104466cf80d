using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PhucThuan.LocalHost;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Visits.Counting;

namespace PhucThuan.Faults;

/// <summary>One run of many visits over several workers.</summary>
internal sealed class FaultRun(int visits, int instances, int seed, Action<string> report)
{
    /// <summary>Maximum number of attempts for a view without an acknowledgement.</summary>
    private const int MaxAttempts = 30;

    /// <summary>One in this number of acknowledgements is treated as lost, and its view is retried.</summary>
    private const int LostAnswersOneIn = 20;

    /// <summary>
    /// Visits between two pauses. In a pause, view ids are deleted, like the portal does after an hour. Azurite keeps
    /// all rows in one file and rewrites it every few seconds, which hundreds of thousands of ids would make too slow.
    /// </summary>
    private const int RoundSize = 10_000;

    private const int TransactionSize = 100;

    /// <summary>
    /// Few, because an instance that moves to another partition reads two rows for each article, one after the other.
    /// </summary>
    private const int Articles = 20;

    /// <summary>Longer than an instance continues with a view after its client has given up.</summary>
    private static readonly TimeSpan RoundPause = VisitCounter.CommitTimeout * 2.2;

    private readonly int _progressStep = Math.Max(500, visits / 100);
    private readonly ConcurrentDictionary<string, int> _acknowledged = new();
    private readonly ConcurrentDictionary<string, int> _unacknowledged = new();
    private readonly WorkerInstance[] _instances = new WorkerInstance[instances];
    private AzuriteServer? _azurite;
    private int _sent;
    private int _refused;
    private int _broken;
    private int _resent;
    private int _kills;
    private int _restarts;

    /// <summary>
    /// Number of concurrent clients. More clients make commits larger, and a failed read in a commit more likely.
    /// </summary>
    public int Clients { get; init; } = 64;

    /// <summary>Share of commits that fail; see <see cref="FaultProxy.FaultsPerMille"/>.</summary>
    public int FaultsPerMille { get; init; } = 50;

    /// <summary>
    /// Number of processes to kill, spread over the run. Azurite is restarted with the second and every fourth after
    /// it.
    /// </summary>
    public int Kills { get; init; } = Math.Max(7, visits / 4_000);

    /// <summary>
    /// Folder of the former release's package, which every second instance runs, like during a rolling update. Null
    /// when all run this release.
    /// </summary>
    public string? FormerRelease { get; init; }

    public async Task<Ledger> RunAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("phucthuan-faults-");
        _azurite = await AzuriteServer.StartAsync(data, cancellationToken);
        var connection = _azurite.ConnectionString;
        try
        {
            await CreateAsync(connection, cancellationToken);
            await using var proxy = await FaultProxy.StartAsync(TableEndpoint(connection), seed, cancellationToken);
            var throughProxy = connection.Replace(
                TableEndpoint(connection).GetLeftPart(UriPartial.Authority),
                proxy.Address.GetLeftPart(UriPartial.Authority),
                StringComparison.Ordinal);
            foreach (var number in Enumerable.Range(0, instances))
            {
                var program = number % 2 == 1 ? FormerRelease : null;
                _instances[number] = await WorkerInstance.StartAsync(program, throughProxy, cancellationToken);
            }

            proxy.FaultsPerMille = FaultsPerMille;
            var clients = PostRoundsAsync(new TableClient(connection, VisitTable.Name), proxy, cancellationToken);
            await InjectFaultsAsync(data, clients, cancellationToken);
            await clients;
            proxy.FaultsPerMille = 0;
            await EndAllAsync(); // so that no instance changes rows during the comparison
            await proxy.LateArrivalsAsync();
            return await CompareAsync(connection, proxy.Faults, cancellationToken);
        }
        finally
        {
            await EndAllAsync();
            await _azurite.DisposeAsync();
            data.Delete(recursive: true);
        }
    }

    private async Task EndAllAsync()
    {
        foreach (var instance in _instances.OfType<WorkerInstance>())
        {
            await instance.DisposeAsync();
        }

        Array.Clear(_instances);
    }

    private static Uri TableEndpoint(string connection) =>
        new(
            connection
                .Split(';')
                .Single(pair => pair.StartsWith("TableEndpoint=", StringComparison.Ordinal))
                .Split('=', 2)[1]);

    private static string SlugOf(int number) => string.Create(CultureInfo.InvariantCulture, $"bai-{number % Articles}");

    private static async Task CreateAsync(string connection, CancellationToken cancellationToken)
    {
        await new LocalStorage(new BlobServiceClient(connection), new TableServiceClient(connection)).CreateAsync(
            cancellationToken);
        var container = new BlobContainerClient(connection, ArticleReader.ContainerName);
        await Parallel.ForAsync(
            0,
            Articles,
            cancellationToken,
            async (number, token) =>
                await container.UploadBlobAsync(
                    Slug.ToBlobName(SlugOf(number)),
                    BinaryData.FromString($"<title>{number}</title>"),
                    token));
    }

    private async Task PostRoundsAsync(TableClient table, FaultProxy proxy, CancellationToken cancellationToken)
    {
        for (var first = 0; first < visits; first += RoundSize)
        {
            if (first > 0)
            {
                await Task.Delay(RoundPause, TimeProvider.System, cancellationToken);
                await proxy.LateArrivalsAsync();
                await ForgetViewsAsync(table, cancellationToken);
            }

            var last = Math.Min(first + RoundSize, visits);
            Volatile.Write(ref _sent, first);
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client =>
                PostAllAsync(new Random(HashCode.Combine(seed, client, first)), last, cancellationToken)));
        }
    }

    private static async Task ForgetViewsAsync(TableClient table, CancellationToken cancellationToken)
    {
        const string First = "view:",
            End = "view;";
        var rows = await table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"RowKey ge {First} and RowKey lt {End}"),
                cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        foreach (var chunk in rows.GroupBy(row => row.PartitionKey).SelectMany(group => group.Chunk(TransactionSize)))
        {
            await table.SubmitTransactionAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                cancellationToken);
        }
    }

    private async Task PostAllAsync(Random random, int last, CancellationToken cancellationToken)
    {
        using var http = new VisitClient();
        for (int number; (number = Interlocked.Increment(ref _sent)) <= last;)
        {
            if (number % _progressStep == 0)
            {
                report($"{number} of {visits} visits sent, {_acknowledged.Values.Sum()} acknowledged, {_kills} workers"
                    + " killed");
            }

            var slug = SlugOf(number);
            var outcomes = await SendUntilCountedAsync(http, random, slug, cancellationToken)
                ? _acknowledged
                : _unacknowledged;
            outcomes.AddOrUpdate(slug, 1, (_, count) => count + 1);
        }
    }

    /// <summary>
    /// Sends a view to any instance and retries it with the same id until it is acknowledged. Sometimes it sends the
    /// view once more, like a browser that did not receive the acknowledgement.
    /// </summary>
    private async Task<bool> SendUntilCountedAsync(
        VisitClient http, Random random, string slug, CancellationToken cancellationToken)
    {
        var view = Guid.NewGuid().ToString("N");
        var isCounted = false;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            switch (await http.PostAsync(
                () => new Uri(_instances[random.Next(instances)].Address, $"/api/visits/{slug}?visit=true&view={view}"),
                cancellationToken))
            {
                case HttpStatusCode.OK when isCounted || random.Next(LostAnswersOneIn) > 0:
                    return true;
                case HttpStatusCode.OK:
                    isCounted = true;
                    break;
                case null:
                    Interlocked.Increment(ref _broken);
                    break;
                default:
                    Interlocked.Increment(ref _refused);
                    break;
            }

            Interlocked.Increment(ref _resent);
        }

        return isCounted;
    }

    /// <summary>While clients post, kills and restarts workers, and sometimes restarts Azurite.</summary>
    private async Task InjectFaultsAsync(DirectoryInfo data, Task clients, CancellationToken cancellationToken)
    {
        for (var kill = 1; kill <= Kills; kill++)
        {
            while (Volatile.Read(ref _sent) < visits / (Kills + 1) * kill && !clients.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }

            var victim = _instances[kill % instances];
            var killed = victim.Kill();
            _kills++;
            if (kill % 4 == 2)
            {
                await _azurite!.DisposeAsync();
                _azurite = await AzuriteServer.StartAsync(data, cancellationToken, _azurite.ConnectionString);
                _restarts++;
            }

            await victim.WaitForSuccessorAsync(killed, cancellationToken);
        }
    }

    private async Task<Ledger> CompareAsync(string connection, long faults, CancellationToken cancellationToken)
    {
        var counted = await CountedVisits.ReadAsync(connection, cancellationToken);
        long lost = 0,
            doubled = 0;
        void Check(string row, long acknowledged, long unacknowledged)
        {
            var count = counted.Of(row);
            lost += Math.Max(0, acknowledged - count);
            doubled += Math.Max(0, count - acknowledged - unacknowledged);
        }

        var read = counted.RowsOf("read:")
            .GroupBy(row => row.Key.Split(':')[^1])
            .ToDictionary(days => days.Key, days => days.Sum(day => day.Value));
        foreach (var slug in Enumerable.Range(0, Articles).Select(SlugOf))
        {
            lost += Math.Abs(read.GetValueOrDefault(slug) - counted.Of(VisitTable.ArticleRow(slug)));
            Check(
                VisitTable.ArticleRow(slug),
                _acknowledged.GetValueOrDefault(slug),
                _unacknowledged.GetValueOrDefault(slug));
        }

        long acknowledged = _acknowledged.Values.Sum(), unacknowledged = _unacknowledged.Values.Sum();
        Check(VisitTable.SiteRow, acknowledged, unacknowledged);
        long articles = counted.RowsOf("article:").Sum(row => row.Value),
            days = counted.RowsOf("day:").Sum(row => row.Value);
        lost += Math.Abs(articles - counted.Of(VisitTable.SiteRow)) + Math.Abs(days - counted.Of(VisitTable.SiteRow));
        return new Ledger(
            visits,
            acknowledged,
            _refused,
            _broken,
            _resent,
            articles,
            lost,
            doubled,
            faults,
            _kills,
            _restarts);
    }
}
