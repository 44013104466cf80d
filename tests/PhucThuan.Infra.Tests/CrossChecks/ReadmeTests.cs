using System.Text.RegularExpressions;
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
        var alerts = infra.Resources("prod")
            .OfType(Types.LogAlerts)
            .Concat(infra.Resources("prod").OfType(Types.MetricAlerts))
            .Select(alert => alert.Name().Split("-phucthu")[0]).Distinct()
            .Append("budget").Order(StringComparer.Ordinal);

        Assert.Equal(
            alerts,
            Row()
                .Matches(Section("When an alert fires"))
                .Select(match => match.Groups[1].Value.Trim('`'))
                .Order(StringComparer.Ordinal));
    }

    /// <summary>Recomputes the cost table from the templates, with the formulas of its last column.</summary>
    [Fact]
    public void Costs_match_their_formulas()
    {
        var production = infra.Resources("prod");
        var scale = production.Single(Types.Sites).At("properties.functionAppConfig.scaleAndConcurrency");
        var instances = scale.Number("alwaysReady.0.instanceCount");
        decimal gigabytes = scale.Number("instanceMemoryMB") / 1024;
        decimal tests = production.OfType(Types.WebTests).Sum(test =>
            test.List("properties.Locations").Count() * (30 * 24 * 3600 / test.Number("properties.Frequency")));
        decimal series = production.OfType(Types.MetricAlerts).Sum(alert =>
            alert.Texts("properties.criteria.allOf.0.dimensions.0.values").Count());
        var logAlerts = production.OfType(Types.LogAlerts).Count;
        const decimal Month = 2_628_000, Million = 1_000_000;

        decimal[] Column(decimal visits) =>
        [
            instances * gigabytes * Month * 0.000004m,
            Math.Min((visits * 3 + tests) * gigabytes * 0.000016m, instances * gigabytes * Month * 0.000016m),
            visits < 100_000 ? 0 : visits * 8 * 0.40m / Million, // the free grant covers the first ones
            (visits * 3 + 500_000) * 0.00036m / 10_000,
            visits * 6 * 0.0044m / 10_000 + 2 * 0.023m + 0.10m,
            0,
            logAlerts * 0.50m + series * 0.10m + tests * 0.0005m,
            Math.Max(0, visits * 0.3m / 1000 - 100) * 0.12m,
        ];

        var rows = Cost().Matches(Section("Costs")).Select(match => match.Groups.Values.Skip(1)
            .Select(cell => decimal.Parse(cell.Value, null)).ToArray()).ToList();
        var visits = new[] { 1_000m, 100_000m, 10_000_000m };
        for (var column = 0; column < visits.Length; column++)
        {
            Assert.Equal(
                Column(visits[column]).Select(money => Math.Round(money, 2)),
                rows.SkipLast(1).Select(row => row[column]));
            Assert.Equal(rows.SkipLast(1).Sum(row => row[column]), rows[^1][column]);
        }

        Assert.Contains($"{tests:N0}", Section("Costs"), StringComparison.Ordinal);
    }

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

    /// <summary>The first three amounts of a row of the cost table.</summary>
    [GeneratedRegex(
        "^\\| [^|]+\\| \\*{0,2}([0-9.]+)\\*{0,2} \\| \\*{0,2}([0-9.]+)\\*{0,2} \\| \\*{0,2}([0-9.]+)\\*{0,2} \\|",
        RegexOptions.Multiline)]
    private static partial Regex Cost();
}
