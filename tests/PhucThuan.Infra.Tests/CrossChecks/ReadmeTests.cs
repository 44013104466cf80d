using System.Globalization;
using System.Text.RegularExpressions;
using PhucThuan.Bill;
using PhucThuan.Infra.Tests.Policies;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>infra/README.md covers every script, parameter, alert and cost.</summary>
public sealed partial class ReadmeTests(CompiledInfra infra)
{
    private static readonly string Readme = Repository.Read("infra/README.md");


    [Fact]
    public void Every_script_and_parameter_set_is_documented() => Assert.All(
        Repository.Scripts.Select(script => Path.GetFileName(script))
            .Concat(Repository.ParameterSets)
            .Where(name => !Repository.IsSourced(name)),
        name => Assert.Contains($"`{name}", Readme, StringComparison.Ordinal));

    [Fact]
    public void Every_parameter_is_documented() => Assert.Equal(
        Parameter()
            .Matches(Repository.Read("infra/main.bicep"))
            .Select(match => match.Groups[1].Value)
            .Order(StringComparer.Ordinal),
        Row()
            .Matches(Section("Parameters"))
            .SelectMany(match => Name().Matches(match.Groups[1].Value))
            .Select(match => match.Groups[1].Value)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_alert_is_documented()
    {
        var alerts = new[] { "prod", "commune" }.Select(infra.Resources)
            .SelectMany(all => all.OfType(Types.LogAlerts).Concat(all.OfType(Types.MetricAlerts)))
            .Select(alert => alert.Name().Split("-phucthu")[0]).Distinct()
            .Append("budget").Order(StringComparer.Ordinal);

        Assert.Equal(
            alerts,
            Row()
                .Matches(Section("When an alert fires"))
                .Select(match => match.Groups[1].Value.Trim('`'))
                .Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// The program in tests/PhucThuan.Bill computes the tables from its last measurement. A row that differs by more
    /// than 5 % (and a cent) is out of date: run <c>dotnet run --project tests/PhucThuan.Bill -- print</c>.
    /// </summary>
    [Fact]
    public void Costs_match_the_bill()
    {
        var documented = Costs(Section("Costs"));
        var measured = Measurement.Load();
        var computed =
            Costs(BillTable.Print(measured, Readers.Load(), Prices.Load()) + "\n" + OperationTable.Print(measured));

        Assert.Equal(computed.Select(row => row.Name), documented.Select(row => row.Name));
        Assert.All(computed.Zip(documented), pair => Assert.All(
            pair.First.Dollars.Zip(pair.Second.Dollars),
            each => Assert.True(
                Math.Abs(each.First - each.Second) <= Math.Max(0.05m * each.First, 0.01m),
                $"{pair.First.Name} is {each.First} by the bill, {each.Second} in infra/README.md.")));
    }

    /// <summary>The promise of the first sentence of README.md.</summary>
    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(100_000, 3.5)]
    public void A_commune_costs_pennies(double visits, double dollars) =>
        Assert.InRange(
            Month
                .Compute(ParameterSet.Load("commune"), visits, Measurement.Load(), Readers.Load(), Prices.Load())
                .WithoutTraffic,
            0.5, // the alert alone
            dollars);

    private static List<(string Name, decimal[] Dollars)> Costs(string text) =>
        [
            .. Cost()
                .Matches(text)
                .Select(match =>
                    (
                        match.Groups[1].Value.Trim(),
                        match
                            .Groups.Values.Skip(2)
                            .Select(cell => decimal.Parse(cell.Value, CultureInfo.InvariantCulture))
                            .ToArray())),
        ];

    private static string Section(string title)
    {
        var start = Readme.IndexOf($"\n## {title}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"infra/README.md has no section '{title}'.");
        var end = Readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? Readme[start..] : Readme[start..end];
    }

    [GeneratedRegex("^param (\\w+) ", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex("^\\| (`[^|]*`) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Name();

    /// <summary>A row of a cost table: name and three amounts.</summary>
    [GeneratedRegex("^\\| ([^|]+)\\| ([0-9.]+) \\| ([0-9.]+) \\| ([0-9.]+) \\|$", RegexOptions.Multiline)]
    private static partial Regex Cost();
}
