using System.CommandLine;
using PhucThuan.Bill;

// Simulates readers of the published program, counts what Azure bills, and prices it. CONTRIBUTING.md has the commands.
var readers = Readers.Load();
var prices = Prices.Load();
var command = new RootCommand("Measures the billed usage of the portal, and prints the costs of a month.");
var app = new Option<DirectoryInfo>("--app")
{
    Description =
        "Folder of the published function app: dotnet publish functions/PhucThuan.Functions -c Release -o FOLDER",
    HelpName = "FOLDER",
    Required = true,
};
var measure = new Command(
    "measure",
    "Simulates readers for a quarter of an hour, writes measured.json and prints the tables.");
measure.Add(app.AcceptExistingOnly());
measure.SetAction(async (result, cancellationToken) =>
{
    var folder = result.GetRequiredValue(app).FullName;
    (await MeasureRun.RunAsync(readers, prices, folder, Console.WriteLine, cancellationToken)).Save();
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
