using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests.Visits.Online;

public sealed class VisitorCleanupTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private readonly FakeTimeProvider _clock = new(VietnamTime.StartOf(Today).AddHours(12));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_expired_rows_are_deleted()
    {
        await ClearAsync();
        for (var age = -1; age <= 30; age++)
        {
            await AddAsync(VisitorTable.OnlinePartition, OnlineRow(age));
        }

        for (var age = -1; age <= 5; age++)
        {
            await AddAsync(VisitorTable.KeyPartition, VisitorTable.KeyRow(Today.AddDays(-age)));
        }

        await CleanAsync();

        Assert.Equal(
            Enumerable.Range(-1, 12).Select(OnlineRow).Order(StringComparer.Ordinal),
            await RowsAsync(VisitorTable.OnlinePartition));
        Assert.Equal(
            [VisitorTable.KeyRow(Today.AddDays(-1)), VisitorTable.KeyRow(Today), VisitorTable.KeyRow(Today.AddDays(1))],
            await RowsAsync(VisitorTable.KeyPartition));
    }

    [Fact]
    public async Task A_key_is_deleted_two_days_after_its_day_began()
    {
        await ClearAsync();
        var row = VisitorTable.KeyRow(Today);
        await AddAsync(VisitorTable.KeyPartition, row);

        _clock.SetUtcNow(VietnamTime.StartOf(Today.AddDays(2)).AddTicks(-1));
        await CleanAsync();
        Assert.Equal([row], await RowsAsync(VisitorTable.KeyPartition));

        _clock.Advance(TimeSpan.FromTicks(1));
        await CleanAsync();
        Assert.Empty(await RowsAsync(VisitorTable.KeyPartition));
    }

    [Fact]
    public async Task More_rows_than_one_transaction_can_hold_are_deleted_by_concurrent_runs()
    {
        await ClearAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            await AddAllAsync(Enumerable.Range(0, 100).Select(number =>
                VisitorTable.OnlineRow(_clock.GetUtcNow().AddMinutes(-20 - minute), Today, $"{number}")));
        }

        await Task.WhenAll(CleanAsync(), CleanAsync(), CleanAsync());

        Assert.Empty(await RowsAsync(VisitorTable.OnlinePartition));
    }

    [Fact]
    public async Task The_host_runs_the_cleanup()
    {
        await ClearAsync();
        await AddAsync(VisitorTable.OnlinePartition, OnlineRow(minutesAgo: 20));
        await using var host = new PortalHost(
            storage.ConnectionString,
            services => services.AddSingleton<TimeProvider>(_clock));

        await Eventually.AssertAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty(await RowsAsync(VisitorTable.OnlinePartition));
        });
    }

    private string OnlineRow(int minutesAgo) =>
        VisitorTable.OnlineRow(_clock.GetUtcNow().AddMinutes(-minutesAgo), Today, "a");

    private Task CleanAsync() =>
        new VisitorCleanup(new TableServiceClient(storage.ConnectionString), _clock).RunAsync(Cancellation);

    private async Task AddAsync(string partitionKey, string rowKey) =>
        await storage.Visitors.AddEntityAsync(new TableEntity(partitionKey, rowKey), Cancellation);

    private async Task AddAllAsync(IEnumerable<string> rowKeys) => await storage.Visitors.SubmitTransactionAsync(
        rowKeys.Select(rowKey => new TableTransactionAction(
            TableTransactionActionType.Add, new TableEntity(VisitorTable.OnlinePartition, rowKey))),
        Cancellation);

    private async Task<List<string>> RowsAsync(string partitionKey) => await storage.Visitors
        .QueryAsync<TableEntity>(row => row.PartitionKey == partitionKey, cancellationToken: Cancellation)
        .Select(row => row.RowKey)
        .ToListAsync(Cancellation);

    private async Task ClearAsync()
    {
        await foreach (var row in storage.Visitors.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            await storage.Visitors.DeleteEntityAsync(row, cancellationToken: Cancellation);
        }
    }
}
