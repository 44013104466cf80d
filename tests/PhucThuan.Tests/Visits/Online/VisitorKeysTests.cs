using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Online;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Online;

public sealed class VisitorKeysTests : IClassFixture<AzuriteFixture>
{
    private static int s_days;

    private readonly AzuriteFixture _storage;

    // The tests share one storage account, so each uses different days.
    private readonly DateOnly _day = new DateOnly(2026, 1, 1).AddDays(Interlocked.Add(ref s_days, 10));
    private readonly FakeTimeProvider _clock;

    public VisitorKeysTests(AzuriteFixture storage)
    {
        _storage = storage;
        _clock = new FakeTimeProvider(VietnamTime.StartOf(_day).AddHours(12));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrently_started_instances_agree_on_one_key()
    {
        var instances = Enumerable.Range(0, 20).Select(_ => CreateKeys()).ToList();

        await Task.WhenAll(instances.Select(keys => keys.RefreshAsync(Cancellation)));

        var stored = await StoredKeysAsync();
        Assert.Equal(VisitorTable.KeyRow(_day), Assert.Single(stored).RowKey);
        Assert.All(
            instances,
            keys => Assert.Equal(stored[0].GetBinary(VisitorKeys.SecretProperty), SecretsOf(keys).Single()));
        Assert.Equal(32, SecretsOf(instances[0]).Single().Length);
    }

    [Fact]
    public async Task The_second_instance_adopts_the_key_of_the_first()
    {
        var first = CreateKeys();
        using var network = new UnreliableTransport
        {
            Before = method => method == RequestMethod.Post ? first.RefreshAsync(Cancellation) : Task.CompletedTask,
        };
        var second = CreateKeys(network);

        await second.RefreshAsync(Cancellation);

        Assert.Equal(["GET", "POST", "GET"], network.TakeRequests());
        Assert.Equal(SecretsOf(first), SecretsOf(second));
    }

    [Fact]
    public async Task A_key_is_used_when_the_response_to_its_write_was_lost()
    {
        var lose = true;
        var keys = CreateKeys(new LossyTransport(() => lose ? TransportFault.AnswerLost : TransportFault.None));
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => keys.RefreshAsync(Cancellation));

        lose = false;
        await keys.RefreshAsync(Cancellation);

        Assert.Equal(
            Assert.Single(await StoredKeysAsync()).GetBinary(VisitorKeys.SecretProperty), SecretsOf(keys).First());
    }

    [Fact]
    public async Task A_known_key_is_not_requested_again()
    {
        using var network = new UnreliableTransport();
        var keys = CreateKeys(network);
        await keys.RefreshAsync(Cancellation);
        network.TakeRequests();

        await keys.RefreshAsync(Cancellation);

        Assert.Empty(network.TakeRequests());
    }

    [Fact]
    public async Task The_next_key_is_loaded_before_midnight_and_the_former_is_used_six_minutes_longer()
    {
        using var network = new UnreliableTransport();
        var keys = CreateKeys(network);
        _clock.SetUtcNow(VietnamTime.StartOf(_day.AddDays(1)).AddMinutes(-10));
        await keys.RefreshAsync(Cancellation);
        network.IsDown = true;
        var before = Assert.Single(SecretsOf(keys));

        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(before, Assert.Single(SecretsOf(keys)));

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var both = SecretsOf(keys);
        Assert.Equal(2, both.Count);
        Assert.NotEqual(before, both[0]);
        Assert.Equal(before, both[1]);

        _clock.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(both, SecretsOf(keys));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(both[0], Assert.Single(SecretsOf(keys)));
    }

    [Fact]
    public async Task An_instance_that_starts_just_after_midnight_has_both_keys()
    {
        var other = CreateKeys();
        await other.RefreshAsync(Cancellation);
        _clock.SetUtcNow(VietnamTime.StartOf(_day.AddDays(1)).AddMinutes(2));
        await other.RefreshAsync(Cancellation);
        var keys = CreateKeys();

        await keys.RefreshAsync(Cancellation);

        Assert.Equal(2, SecretsOf(keys).Count);
        Assert.Equal(SecretsOf(other), SecretsOf(keys));
    }

    [Fact]
    public async Task Without_storage_the_newest_key_is_used_for_two_days_at_most()
    {
        using var network = new UnreliableTransport();
        var keys = CreateKeys(network);
        await keys.RefreshAsync(Cancellation);
        network.IsDown = true;
        var known = Assert.Single(SecretsOf(keys));

        _clock.SetUtcNow(VietnamTime.StartOf(_day.AddDays(2)).AddTicks(-1));
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => keys.RefreshAsync(Cancellation));
        Assert.Equal(known, Assert.Single(SecretsOf(keys)));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.DoesNotContain(known, SecretsOf(keys));
        Assert.All(keys.Current(), key => Assert.False(key.Id.Shared));
    }

    [Fact]
    public async Task A_late_key_takes_over_like_one_in_time()
    {
        using var network = new UnreliableTransport { IsDown = true };
        var keys = CreateKeys(network);
        var own = Assert.Single(keys.Current());
        Assert.False(own.Id.Shared);
        Assert.Equal(own.Secret, Assert.Single(keys.Current()).Secret);

        network.IsDown = false;
        await keys.RefreshAsync(Cancellation);
        Assert.Equal([true, false], keys.Current().Select(key => key.Id.Shared));
        Assert.Equal(own.Secret, keys.Current()[1].Secret);

        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.True(Assert.Single(keys.Current()).Id.Shared);
    }

    [Fact]
    public async Task An_invalid_key_row_is_rejected()
    {
        await _storage.Visitors.AddEntityAsync(
            new TableEntity(VisitorTable.KeyPartition, VisitorTable.KeyRow(_day))
            {
                [VisitorKeys.SecretProperty] = new byte[] { 1 },
            },
            Cancellation);

        await Assert.ThrowsAsync<FormatException>(() => CreateKeys().RefreshAsync(Cancellation));
    }

    [Fact]
    public void Hashes_differ_by_address_by_agent_and_by_key_and_are_uniform()
    {
        byte[] key = VisitorKey.NewSecret(), other = VisitorKey.NewSecret();
        var (request, same, agent) =
            (OnlineInstance.RequestOf(1), OnlineInstance.RequestOf(1), OnlineInstance.RequestOf(1));
        agent.Headers.UserAgent = "Khác";
        Assert.Equal(VisitorHash.Of(request, key), VisitorHash.Of(same, key));
        Assert.NotEqual(VisitorHash.Of(request, key), VisitorHash.Of(agent, key));
        Assert.NotEqual(VisitorHash.Of(request, key), VisitorHash.Of(request, other));

        // Consecutive addresses, with a fixed key so that the result is deterministic.
        var sketch = new VisitorSketch();
        for (var visitor = 0; visitor < 50_000; visitor++)
        {
            sketch.Add(VisitorHash.Of(OnlineInstance.RequestOf(visitor), "khóa"u8));
        }

        Assert.InRange(sketch.Count(), 50_000 * 0.97, 50_000 * 1.03);
    }

    private static List<byte[]> SecretsOf(VisitorKeys keys) => [.. keys.Current().Select(key => key.Secret.ToArray())];

    private VisitorKeys CreateKeys(Azure.Core.Pipeline.HttpPipelineTransport? transport = null)
    {
        var options = new TableClientOptions();
        options.Transport = transport ?? options.Transport;
        options.Retry.MaxRetries = 0;
        return new VisitorKeys(new TableServiceClient(_storage.ConnectionString, options), _clock);
    }

    private Task<List<TableEntity>> StoredKeysAsync()
    {
        var (first, last) = (VisitorTable.KeyRow(_day.AddDays(-1)), VisitorTable.KeyRow(_day.AddDays(3)));
        return _storage.Visitors
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {VisitorTable.KeyPartition} and RowKey ge {first} and RowKey le {last}"),
                cancellationToken: Cancellation)
            .ToListAsync(Cancellation)
            .AsTask();
    }
}
