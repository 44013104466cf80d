using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PhucThuan.Faults;

// Sends visits while the network fails, processes are killed and the emulator is restarted. Then compares the
// acknowledged visits with those in storage.
var visits = new Option<int>("--visits") { Description = "Visits to send.", DefaultValueFactory = _ => 20_000 };
var instances = new Option<int>("--instances")
{
    Description = "Functions hosts, each with a worker process.",
    DefaultValueFactory = _ => 4,
};
visits.Validators.Add(RequirePositive);
instances.Validators.Add(RequirePositive);
var former = new Option<DirectoryInfo>("--former")
{
    Description = "Package of the former release, published to a folder. Every second host runs it.",
};
former.AcceptExistingOnly();
former.Validators.Add(RequireApp);
var seed = new Option<int>("--seed") { Description = "Seed of the faults.", DefaultValueFactory = _ => 1 };
instances.Validators.Add(option =>
{
    if (option.GetResult(former) is not null && option.GetValueOrDefault<int>() == 1)
    {
        option.AddError("--instances is 1; with --former, allowed is a number from 2 on.");
    }
});
var command = new RootCommand("Checks that acknowledged visits are counted exactly once under faults.")
{
    visits,
    instances,
    former,
    seed,
};
command.SetAction(
    async (arguments, cancellationToken) =>
    {
        var run = new FaultRun(
            arguments.GetValue(visits),
            arguments.GetValue(instances),
            arguments.GetValue(seed),
            Console.WriteLine)
        {
            FormerRelease = arguments.GetValue(former)?.FullName,
        };
        var ledger = await run.RunAsync(cancellationToken);
        Console.WriteLine(ledger);
        return ledger is { Lost: 0, Doubled: 0 } ? 0 : 1;
    });
return await command.Parse(args).InvokeAsync();

static void RequirePositive(OptionResult option)
{
    // A value that is no number already has an error.
    if (
        option.Tokens.Any(token =>
            int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number < 1))
    {
        option.AddError($"{option.Option.Name} is {option.Tokens[0].Value}; allowed is a number from 1 on.");
    }
}

static void RequireApp(OptionResult option)
{
    // A missing folder already has an error.
    if (
        option.Tokens.Any(token =>
            Directory.Exists(token.Value) && !File.Exists(Path.Combine(token.Value, "worker.config.json"))))
    {
        option.AddError(
            $"{option.Option.Name} is {option.Tokens[0].Value}, which has no worker.config.json; allowed is the output"
                + " folder of dotnet publish functions/PhucThuan.Functions.");
    }
}
