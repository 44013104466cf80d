using PhucThuan.Infra.Tests.Policies;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>What storage holds is what the code opens.</summary>
public sealed class StorageNamesTests(CompiledInfra infra)
{
    /// <summary>Where editors put what is not to be seen yet; the app has no right to it.</summary>
    private const string Drafts = "drafts";

    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Containers_are_those_that_the_code_opens_and_the_editors_drafts(string set) =>
        Assert.Equal(Code.Containers.Append(Drafts).Order(StringComparer.Ordinal), NamesInContent(set, Types.Containers));

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Tables_are_those_that_the_code_opens(string set) => Assert.Equal(Code.Tables, NamesInContent(set, Types.Tables));

    [Fact]
    public void The_code_opens_what_it_is_known_to_open()
    {
        Assert.Equal(["articles", "catalogue", "media"], Code.Containers);
        Assert.Equal(["visitors", "visits"], Code.Tables);
    }

    private IEnumerable<string> NamesInContent(string set, string type) => infra.Resources(set).OfType(type)
        .Where(resource => resource.Name().Contains("data", StringComparison.Ordinal))
        .Select(ResourceExtensions.LastName)
        .Order(StringComparer.Ordinal);
}
