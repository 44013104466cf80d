using PhucThuan.Faults;

namespace PhucThuan.Tests.Visits;

public sealed class FaultRunTests(ITestOutputHelper output)
{
    /// <summary>The short form of <c>dotnet run --project tests/PhucThuan.Faults -- --visits 200000</c>.</summary>
    [Fact]
    public async Task Acknowledged_visits_are_counted_once_through_faults_kills_and_a_restart_of_storage()
    {
        var ledger = await new FaultRun(visits: 1_000, instances: 3, seed: 1, output.WriteLine).RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine(ledger.ToString());
        Assert.Equal((0, 0), (ledger.Lost, ledger.Doubled));
        Assert.Equal((7, 1), (ledger.Kills, ledger.Restarts));
        Assert.True(ledger is { Faults: > 20, Acknowledged: > 100 }, ledger.ToString());
    }
}
