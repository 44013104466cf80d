using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PhucThuan.LocalHost;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Online;

namespace PhucThuan.Benchmarks;

/// <summary>
/// Table operations for each visit, including the numbers that its page reads. Azure bills a transaction as one
/// operation, whatever its number of entities. Entities count towards the limit of a partition, 2,000 a second, so they
/// are printed separately. "Before" is the former release's method of reading, see <see cref="FormerReader"/>.
/// </summary>
internal static class StorageOperations
{
    private const int Articles = 20;

    private static readonly DateOnly Day = new(2026, 11, 24);

    private static readonly Scenario[] Scenarios =
    [
        new("1 instance, 1 reader, a visit a minute", Instances: 1, Readers: 1, Visits: 480, IsPaced: true),
        new("1 instance, 1 reader without a pause", Instances: 1, Readers: 1, Visits: 1_000),
        new("1 instance, 64 readers without a pause", Instances: 1, Readers: 64, Visits: 5_000),
        new("1 instance, 1,000 readers without a pause", Instances: 1, Readers: 1_000, Visits: 10_000),
        new("8 instances, 1,000 readers without a pause", Instances: 8, Readers: 1_000, Visits: 10_000),
    ];

    public static async Task RunAsync()
    {
        Console.WriteLine(
            "Operations for each visit: transactions + reads of counters + ledger and visitors online = sum;");
        Console.WriteLine("reads and sum of the former release; entities written in transactions.");
        foreach (var scenario in Scenarios)
        {
            await RunAsync(scenario);
        }
    }

    private static async Task RunAsync(Scenario scenario)
    {
        var data = Directory.CreateTempSubdirectory("phucthuan-bench-");
        await using (var azurite = await AzuriteServer.StartAsync(data, CancellationToken.None))
        {
            var tables = new TableServiceClient(azurite.ConnectionString);
            await tables.CreateTableAsync(VisitTable.Name);
            await tables.CreateTableAsync(VisitorTable.Name);
            using var traffic = new MeasuredTraffic();
            var clock = scenario.IsPaced
                ? new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56))
                : TimeProvider.System;
            var instances = Enumerable
                .Range(0, scenario.Instances)
                .Select(_ => new MeasuredInstance(azurite.ConnectionString, traffic, clock))
                .ToList();
            await Task.WhenAll(instances.Select(instance => instance.StartAsync()));
            var left = scenario.Visits;
            await Task.WhenAll(Enumerable.Range(0, scenario.Readers).Select(async reader =>
            {
                for (int visit; (visit = Interlocked.Decrement(ref left)) >= 0;)
                {
                    await instances[reader % instances.Count].VisitAsync(reader, $"bai-{visit % Articles}", Day);
                    if (clock is FakeTimeProvider paced)
                    {
                        await PassMinuteAsync(paced, traffic);
                    }
                }
            }));
            await Task.WhenAll(instances.Select(instance => instance.StopAsync()));
            instances.ForEach(instance => instance.Dispose());
            Print(scenario, traffic);
        }

        data.Delete(recursive: true);
    }

    /// <summary>Moves the clock in steps, so that background operations run in between.</summary>
    private static async Task PassMinuteAsync(FakeTimeProvider clock, MeasuredTraffic traffic)
    {
        for (var second = 0; second < 60; second += 10)
        {
            await traffic.SettleAsync();
            clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    private static void Print(Scenario scenario, MeasuredTraffic traffic)
    {
        double PerVisit(long number) => number / (double)scenario.Visits;
        var (transactions, reads) = (PerVisit(traffic.Counters.Transactions), PerVisit(traffic.Counters.Others));
        var others = PerVisit(traffic.Others.Transactions + traffic.Others.Others);
        var before = PerVisit(traffic.Former.Others);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {scenario.Name}:
                  {transactions:0.000} + {reads:0.000} + {others:0.000} = {transactions + reads + others:0.000}
                  before: {before:0.000}, {transactions + before + others:0.000}; entities {PerVisit(
                    traffic.Counters.Entities
                ):0.00}
                """));
    }

    /// <param name="IsPaced">
    /// True for one visit a minute on a fake clock; false for readers without pauses.
    /// </param>
    private sealed record Scenario(string Name, int Instances, int Readers, int Visits, bool IsPaced = false);
}
