using System.CommandLine;
using PhucThuan.Bill;

// Plays readers against the deployed program, counts what Azure bills, and prices it. CONTRIBUTING.md has the commands.
var readers = Readers.Load();
var prices = Prices.Load();
var command = new RootCommand("Measures what the portal uses, and prints what a month costs.");
var measure = new Command("measure", "Plays readers for a quarter of an hour, writes measured.json and prints the tables.");
measure.SetAction(async (_, cancellationToken) =>
{
    (await MeasureRun.RunAsync(readers, prices, Console.WriteLine, cancellationToken)).Save();
    Print();
});
var print = new Command("print", "Prints the tables of infra/README.md from measured.json.");
print.SetAction(_ => Print());
command.Add(measure);
command.Add(print);
return await command.Parse(args).InvokeAsync();

void Print()
{
    var measured = Measurement.Load();
    Console.WriteLine(BillTable.Print(measured, readers, prices));
    Console.WriteLine(OperationTable.Print(measured));
}
