using System.CommandLine;
using PhucThuan.Faults;

// Counts visits through a network that fails, processes that are killed and an emulator that is restarted, and compares
// what was acknowledged with what is in storage.
var visits = new Option<int>("--visits") { Description = "Visits to send.", DefaultValueFactory = _ => 20_000 };
var instances = new Option<int>("--instances") { Description = "LocalHost processes.", DefaultValueFactory = _ => 4 };
var seed = new Option<int>("--seed") { Description = "Chooses the faults.", DefaultValueFactory = _ => 1 };
var command = new RootCommand("Proves that acknowledged visits are counted once, through faults.") { visits, instances, seed };
command.SetAction(async (arguments, cancellationToken) =>
{
    var run = new FaultRun(arguments.GetValue(visits), arguments.GetValue(instances), arguments.GetValue(seed), Console.WriteLine);
    var ledger = await run.RunAsync(cancellationToken);
    Console.WriteLine(ledger);
    return ledger is { Lost: 0, Doubled: 0 } ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
