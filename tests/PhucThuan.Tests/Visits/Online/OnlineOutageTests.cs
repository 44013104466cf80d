using System.Net.Http.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits;
using PhucThuan.Portal.Visits.Online;
using PhucThuan.Tests.Visits.Counting;

namespace PhucThuan.Tests.Visits.Online;

/// <summary>The number of online visitors while storage, a row or an instance fails, and in the running host.</summary>
public sealed class OnlineOutageTests : IClassFixture<AzuriteFixture>, IDisposable
{
    private static int s_days;

    private readonly AzuriteFixture _storage;

    // The tests share one storage account, so each uses different days.
    private readonly FakeTimeProvider _clock;
    private readonly OnlineInstance _one;
    private readonly OnlineInstance _other;

    public OnlineOutageTests(AzuriteFixture storage)
    {
        _storage = storage;
        _clock = new(new DateTimeOffset(2026, 1, 1, 5, 0, 0, default).AddDays(Interlocked.Add(ref s_days, 10)));
        _one = new OnlineInstance(storage.ConnectionString, _clock);
        _other = new OnlineInstance(storage.ConnectionString, _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateOnly Day => VietnamTime.DayOf(_clock.GetUtcNow());

    [Fact]
    public async Task An_instance_that_starts_without_storage_counts_its_own_visitors_and_all_when_storage_is_back()
    {
        _one.Network.IsDown = true;
        await _one.Online.StartAsync(Cancellation);
        _one.See(1, 2, 2);
        await _one.RefreshAsync();
        Assert.Equal(2, await _one.CountAsync());

        _other.See(3);
        await _other.RefreshAsync();
        _other.See(3, 4);
        await _other.RefreshAsync();
        _one.Network.IsDown = false;
        await _one.RefreshAsync();
        _one.See(1);
        await _one.RefreshAsync();

        Assert.Equal(3, await CountNowAsync(_one));
        Assert.Equal(3, await CountNowAsync(_other));
        await _one.Online.StopAsync(Cancellation);
    }

    [Fact]
    public async Task During_an_outage_the_number_includes_own_visitors_and_the_rows_read_last()
    {
        await StartAsync();
        _other.See(1, 2, 3);
        await _other.RefreshAsync();
        Assert.Equal(3, await CountNowAsync(_one));

        _one.Network.IsDown = true;
        _one.See(3, 4);
        await _one.RefreshAsync();
        Assert.Equal(4, await CountNowAsync(_one));

        for (var minute = 0; minute < 6; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            _one.See(4);
            await _one.RefreshAsync();
        }

        Assert.Equal(1, await CountNowAsync(_one));

        // Sketches that could not be written are written later, even of past minutes.
        Assert.Equal(0, await CountNowAsync(_other));
        _one.Network.IsDown = false;
        _clock.Advance(TimeSpan.FromMinutes(2));
        await _one.RefreshAsync();
        Assert.Equal(1, await CountNowAsync(_other));
    }

    [Fact]
    public async Task A_write_whose_response_was_lost_is_retried()
    {
        var lose = true;
        using var losing = new OnlineInstance(
            _storage.ConnectionString,
            _clock,
            new LossyTransport(() => lose ? TransportFault.RequestLost : TransportFault.None));
        await StartAsync();
        await losing.Keys.RefreshAsync(Cancellation);
        losing.See(1);
        await losing.RefreshAsync();
        Assert.Equal(0, await CountNowAsync(_one));

        lose = false;
        await losing.RefreshAsync();
        Assert.Equal(1, await CountNowAsync(_one));
    }

    [Fact]
    public async Task Failures_are_logged_once_a_minute()
    {
        _one.Network.IsDown = true;
        for (var second = 0; second < 150; second += 5)
        {
            await _one.RefreshAsync();
            await CountNowAsync(_one);
        }

        Assert.Equal(3, _one.Logs.Count);
        Assert.Contains("Storage is down.", _one.Logs[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_waits_at_most_a_second_for_unresponsive_storage()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _one.Network.Before = _ => answer.Task;
        _one.See(1);

        var counting = _one.CountAsync();
        Assert.False(counting.IsCompleted);
        while (!counting.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Equal(1, await counting);
        Assert.False(answer.Task.IsCompleted);
        answer.SetResult();
    }

    [Fact]
    public async Task Foreign_rows_are_ignored()
    {
        await StartAsync();
        _other.See(1);
        await _other.RefreshAsync();
        var minute = VisitorTable.MinuteRows(_clock.GetUtcNow());
        foreach (
            var (rowKey, sketch) in new (string, object)[]
            {
                (minute + "_x", new byte[] { 1, 0 }),
                (minute + "_2026-99-99_a", new byte[] { 1, 0 }),
                (minute + "-", new byte[] { 1, 0 }),
                (VisitorTable.OnlineRow(_clock.GetUtcNow(), Day, "a"), new byte[] { 9 }),
                (VisitorTable.OnlineRow(_clock.GetUtcNow(), Day, "b"), "chữ"),
            })
        {
            await _storage.Visitors.AddEntityAsync(
                new TableEntity(VisitorTable.OnlinePartition, rowKey) { [OnlineRows.SketchProperty] = sketch },
                Cancellation);
        }

        Assert.Equal(1, await CountNowAsync(_one));
        Assert.Contains("5 rows", Assert.Single(_one.Logs), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_background_service_writes_within_ten_seconds_and_shutdown_writes_the_rest()
    {
        await _one.Online.StartAsync(Cancellation);
        Assert.True(Assert.Single(_one.Keys.Current()).Id.Shared);
        _one.See(1);
        await Eventually.AssertAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await CountNowAsync(_other));
        });

        _one.See(2);
        await _one.Online.StopAsync(Cancellation);
        Assert.Equal(2, await CountNowAsync(_other));
    }

    [Fact]
    public async Task Readers_at_two_hosts_see_each_other()
    {
        await using var first = new PortalHost(_storage.ConnectionString, UseClock);
        await using var second = new PortalHost(_storage.ConnectionString, UseClock);
        using var reader = first.CreateClient();
        using var neighbour = second.CreateClient();
        neighbour.DefaultRequestHeaders.UserAgent.ParseAdd("Another/1.0");

        await Eventually.AssertAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal((2, 2), (await OnlineAsync(reader), await OnlineAsync(neighbour)));
        });
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    private static async Task<long> OnlineAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<VisitNumbers>("/api/visits", Cancellation))!.Online;

    private void UseClock(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    private async Task StartAsync()
    {
        await _one.Keys.RefreshAsync(Cancellation);
        await _other.Keys.RefreshAsync(Cancellation);
    }

    private async Task<long> CountNowAsync(OnlineInstance instance)
    {
        _clock.Advance(OnlineVisitors.ReadPeriod);
        return await instance.CountAsync();
    }
}
