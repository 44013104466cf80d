using PhucThuan.Faults;

namespace PhucThuan.Tests.Visits.Counting;

/// <summary>
/// A short run of <c>tests/PhucThuan.Faults</c>. On a busy machine, most visits would time out. Therefore it runs after
/// the other tests of this assembly, and never concurrently with the browser tests of the same checkout.
/// </summary>
[Collection<FaultRunAlone>]
public sealed class FaultRunTests(ITestOutputHelper output)
{
    private const int Visits = 600;

    [Fact]
    public async Task Acknowledged_visits_are_counted_once_while_the_network_fails_and_processes_are_killed()
    {
        await using var turn = await MachineTurn.WaitAsync(TestContext.Current.CancellationToken);

        var run = new FaultRun(Visits, instances: 3, seed: 1, output.WriteLine)
        {
            Clients = 24,
            FaultsPerMille = 100,
            Kills = 2,
        };
        var ledger = await run.RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine(ledger.ToString());
        Assert.Equal(0, ledger.Lost);
        Assert.Equal(0, ledger.Doubled);
        Assert.InRange(ledger.Acknowledged, Visits / 2, Visits);
        Assert.True(ledger is { Faults: > 0, Kills: > 0, Restarts: > 0 });
    }
}

[CollectionDefinition(DisableParallelization = true)]
public sealed class FaultRunAlone;
