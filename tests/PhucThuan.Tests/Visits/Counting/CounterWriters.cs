using Azure;
using Azure.Data.Tables;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>
/// Several writers on one table, over a network with the fault of each step, and the model: the value that every row
/// must have when all batches are committed. The writers share two partitions, so conflicts are frequent.
/// </summary>
internal sealed class CounterWriters : IDisposable
{
    private const int Partitions = 2;

    private readonly LossyTransport _network;
    private readonly TableClient _table;
    private readonly List<Writer> _writers = [];
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Counts> _model = [];
    private TransportFault _fault;

    /// <param name="starts">Number of partitions in which the writers start.</param>
    public CounterWriters(string connection, string table, int writers, int starts, TimeProvider clock)
    {
        _network = new LossyTransport(() => _fault);
        _table = ClientOf(connection, _network).GetTableClient(table);
        _clock = clock;
        for (var number = 0; number < writers; number++)
        {
            Join(number % starts);
        }
    }

    public IReadOnlyDictionary<string, Counts> Model => _model;

    /// <summary>A client without retries: the test decides what is retried.</summary>
    public static TableServiceClient ClientOf(string connection, LossyTransport network)
    {
        var options = new TableClientOptions { Transport = network };
        options.Retry.MaxRetries = 0;
        return new TableServiceClient(connection, options);
    }

    /// <summary>Sorted by key, so that a failed assertion shows a difference beside its neighbours.</summary>
    public static IEnumerable<KeyValuePair<string, Counts>> Sorted(IEnumerable<KeyValuePair<string, Counts>> rows) =>
        rows.OrderBy(row => row.Key, StringComparer.Ordinal);

    public Task CommitAsync(CounterStep step) => CommitAsync(_writers[step.Writer % _writers.Count], step);

    /// <summary>Adds a writer, which commits the step.</summary>
    public Task JoinAsync(int partition, CounterStep step) => CommitAsync(Join(partition), step);

    /// <summary>Ends the faults: late requests arrive, and pending batches are committed.</summary>
    public async Task SettleAsync(bool lateFirst)
    {
        _fault = TransportFault.None;
        if (lateFirst)
        {
            await ArriveAllAsync(_network);
        }

        foreach (var writer in _writers)
        {
            while (writer.Pending is not null)
            {
                await writer.TryAsync();
            }
        }

        await ArriveAllAsync(_network);
    }

    public static async Task ArriveAllAsync(LossyTransport network)
    {
        while (await network.ArriveAsync())
        {
            // ArriveAsync has delivered one; continue until none is left.
        }
    }

    /// <summary>The stored rows, summed over the partitions.</summary>
    public async Task<Dictionary<string, Counts>> StoredAsync() =>
        await _table
            .QueryAsync<TableEntity>(
                row => row.RowKey != VisitTable.FenceRow && row.PartitionKey != VisitTable.RegistryPartition,
                cancellationToken: TestContext.Current.CancellationToken)
            .Where(row => !row.RowKey.StartsWith("view:", StringComparison.Ordinal))
            .GroupBy(row => row.RowKey)
            .ToDictionaryAsync(
                rows => rows.Key,
                rows => rows.Select(Counts.FromEntity).Aggregate(Counts.Add),
                cancellationToken: TestContext.Current.CancellationToken);

    public void Dispose() => _network.Dispose();

    private Writer Join(int partition)
    {
        var writer = new Writer(_table, $"w{_writers.Count}", partition, _clock);
        _writers.Add(writer);
        return writer;
    }

    private async Task CommitAsync(Writer writer, CounterStep step)
    {
        if (step.Arrives)
        {
            await _network.ArriveAsync();
        }

        if (writer.Pending is null)
        {
            writer.Begin(step.ToBatch());
            AddToModel(writer.Pending!);
        }

        _fault = step.Fault;
        try
        {
            await writer.TryAsync();
        }
        catch (Exception lost) when (lost is RequestFailedException or IOException)
        {
            // The batch stays pending and is retried with the same commit id.
        }
    }

    private void AddToModel(CommitBatch batch)
    {
        foreach (var (row, counts) in batch.Rows)
        {
            _model[row] = _model.GetValueOrDefault(row) + counts;
        }
    }

    /// <summary>Commits batches like <see cref="VisitCounter"/>, but one step at a time.</summary>
    private sealed class Writer(TableClient table, string id, int start, TimeProvider clock)
    {
        private CounterPartition _partition = new(table, start, id, new KnownCounts(), clock);
        private long _sequence;

        public CommitBatch? Pending { get; private set; }

        public void Begin(CommitBatch batch)
        {
            Pending = batch;
            _sequence++;
        }

        public async Task TryAsync()
        {
            if (await _partition.CommitAsync(_sequence, Pending!, TestContext.Current.CancellationToken))
            {
                Pending = null;
                return;
            }

            var next = (_partition.Number + 1) % Partitions;
            _partition = new CounterPartition(table, next, id, new KnownCounts(), clock);
        }
    }
}
