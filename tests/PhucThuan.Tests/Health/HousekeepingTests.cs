using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.Portal;
using PhucThuan.Portal.Health;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Tests.Health;

public sealed class HousekeepingTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private const int DaysKept = 31;

    private static readonly DateOnly Today = new(2026, 11, 24);

    private readonly FakeTimeProvider _clock = new(VietnamTime.StartOf(Today).AddHours(12).AddMinutes(45));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string OldDay => VisitTable.DayRow(Today.AddDays(-DaysKept));

    private static string OldView => VisitTable.ViewRow("0123456789abcdef");

    [Fact]
    public async Task View_ids_and_visitors_are_deleted_hourly_and_old_days_nightly()
    {
        await AddOldRowsAsync();
        await RunAsync();
        Assert.Equal([OldDay], await OldRowsAsync());

        await AddOldRowsAsync();
        _clock.Advance(TimeSpan.FromHours(15)); // to 03:45
        await RunAsync();
        Assert.Empty(await OldRowsAsync());
    }

    [Fact]
    public async Task A_failed_task_does_not_prevent_the_others()
    {
        await AddOldRowsAsync();
        await storage.Visitors.DeleteAsync(Cancellation);
        try
        {
            var failures = await Assert.ThrowsAsync<AggregateException>(() => RunAsync(checksItself: true));

            Assert.Equal(2, failures.InnerExceptions.Count);
            Assert.IsType<SelfCheckException>(failures.InnerExceptions[1]);
            Assert.Equal([OldDay], await OldRowsAsync());
        }
        finally
        {
            await storage.Visitors.CreateAsync(Cancellation);
        }
    }

    private async Task RunAsync(bool checksItself = false)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = storage.ConnectionString,
            ["Visits:DaysKept"] = $"{DaysKept}",
            ["Site:Address"] = "http://127.0.0.1:1", // nothing listens there
            ["SelfCheck:Enabled"] = $"{checksItself}",
        };
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(_clock)
            .AddPortal()
            .AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer>(_ => null!)
            .BuildServiceProvider();
        await services.GetRequiredService<Housekeeping>().RunAsync(Cancellation);
    }

    private async Task AddOldRowsAsync()
    {
        var partition = VisitTable.PartitionKey(0);
        await storage.Visits.UpsertEntityAsync(
            new TableEntity(partition, OldDay) { ["Visits"] = 1L, ["Views"] = 1L }, cancellationToken: Cancellation);
        await storage.Visits.UpsertEntityAsync(
            new TableEntity(partition, OldView) { ["Time"] = _clock.GetUtcNow().AddHours(-2) },
            cancellationToken: Cancellation);
        await storage.Visitors.UpsertEntityAsync(
            new TableEntity(
                VisitorTable.OnlinePartition,
                VisitorTable.OnlineRow(_clock.GetUtcNow().AddHours(-1), Today, "a")),
            cancellationToken: Cancellation);
    }

    private async Task<IEnumerable<string>> OldRowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in new[] { storage.Visits, storage.Visitors })
        {
            try
            {
                rows.AddRange(
                    await table
                        .QueryAsync<TableEntity>(cancellationToken: Cancellation)
                        .Select(row => row.RowKey)
                        .ToListAsync(Cancellation));
            }
            catch (Azure.RequestFailedException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
            {
            }
        }

        return rows;
    }
}
