using System.Text.RegularExpressions;
using PhucThuan.Infra.Tests.Policies;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>infra/README.md leaves nothing out that ops will look for.</summary>
public sealed partial class ReadmeTests(CompiledInfra infra)
{
    private static readonly string Readme = Repository.Read("infra/README.md");

    [Fact]
    public void It_says_that_nothing_was_deployed_from_here()
    {
        Assert.Contains("No deployment was made", Readme, StringComparison.Ordinal);
        Assert.Contains("No deployment was made", Repository.Read("README.md").Replace('\n', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_script_and_set_of_parameters_is_told() => Assert.All(
        Repository.Scripts.Select(script => Path.GetFileName(script)).Concat(Repository.ParameterSets).Where(name => name != "common.sh"),
        name => Assert.Contains($"`{name}", Readme, StringComparison.Ordinal));

    [Fact]
    public void Every_parameter_is_told() => Assert.Equal(
        Parameter().Matches(Repository.Read("infra/main.bicep")).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
        Row().Matches(Section("Parameters")).SelectMany(match => Name().Matches(match.Groups[1].Value)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_alert_is_told_with_what_to_do()
    {
        var alerts = infra.Resources("prod").OfType(Types.LogAlerts).Select(alert => alert.Name().Replace("-phucthuan-prod", "", StringComparison.Ordinal))
            .Append("storage-errors").Append("budget").Order(StringComparer.Ordinal);

        Assert.Equal(alerts, Row().Matches(Section("When an alert rings")).Select(match => match.Groups[1].Value.Trim('`')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sums_of_costs_are_right()
    {
        var columns = Cost().Matches(Section("Costs")).Select(match => match.Groups.Values.Skip(1)
            .Select(cell => decimal.Parse(cell.Value, null)).ToArray()).ToList();

        Assert.True(columns.Count >= 6, $"{columns.Count} rows");
        for (var column = 0; column < 3; column++)
        {
            Assert.Equal(columns[^1][column], columns.SkipLast(1).Sum(row => row[column]));
        }
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

    /// <summary>The first three columns of money in a row of the table of costs.</summary>
    [GeneratedRegex("^\\| [^|]+\\| \\*{0,2}([0-9.]+)\\*{0,2} \\| \\*{0,2}([0-9.]+)\\*{0,2} \\| \\*{0,2}([0-9.]+)\\*{0,2} \\|", RegexOptions.Multiline)]
    private static partial Regex Cost();
}
