using System.Text.RegularExpressions;
using PhucThuan.Infra.Tests.Policies;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>The templates create the containers and tables that the code opens.</summary>
public sealed partial class StorageNamesTests(CompiledInfra infra)
{
    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Containers_match_those_that_the_code_opens(string set) =>
        Assert.Equal(Code.Containers, NamesInContent(set, Types.Containers));

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Tables_match_those_that_the_code_opens(string set) =>
        Assert.Equal(Code.Tables, NamesInContent(set, Types.Tables));

    [Fact]
    public void The_code_opens_the_expected_containers_and_tables()
    {
        Assert.Equal(["articles", "catalogue", "checkpoints", "drafts", "media", "pictures"], Code.Containers);
        Assert.Equal(["visitors", "visits"], Code.Tables);
    }

    /// <summary>The comparisons above do not detect a literal name at the call site.</summary>
    [Fact]
    public void Containers_and_tables_are_opened_by_constants()
    {
        var opened = Directory.GetFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                file.Contains("PhucThuan.Portal", StringComparison.Ordinal)
                    || file.Contains("PhucThuan.Functions", StringComparison.Ordinal))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(file => Opened().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToList();

        Assert.True(opened.Count >= 10, $"{opened.Count} clients are created.");
        Assert.All(
            opened,
            argument => Assert.Matches("^(ContainerName|[A-Z]\\w+\\.ContainerName|[A-Z]\\w*Table\\.Name)$", argument));
    }

    [GeneratedRegex("(?:\\.Get(?:BlobContainer|Table)Client|new (?:BlobContainer|Table)Client)\\(([^()]*)\\)")]
    private static partial Regex Opened();

    private IEnumerable<string> NamesInContent(string set, string type) => infra.Resources(set).OfType(type)
        .Where(resource => resource.Name().Contains("data", StringComparison.Ordinal))
        .Select(ResourceExtensions.LastName)
        .Order(StringComparer.Ordinal);
}
