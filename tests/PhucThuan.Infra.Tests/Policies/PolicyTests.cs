namespace PhucThuan.Infra.Tests.Policies;

/// <summary>The templates satisfy every policy, and every policy detects its violation.</summary>
public sealed class PolicyTests(CompiledInfra infra)
{
    private static readonly IReadOnlyList<Policy> All =
    [
        .. StoragePolicies.All,
        .. FunctionAppPolicies.All,
        .. AccessPolicies.All,
        .. MonitoringPolicies.All,
        .. AlertPolicies.All,
        .. NetworkPolicies.All,
        .. FrontDoorPolicies.All,
        .. GeneralPolicies.All,
    ];

    public static TheoryData<string> Names => [.. All.Select(policy => policy.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_templates_satisfy(string policy)
    {
        var (_, sets, findViolations, _) = All.Single(each => each.Name == policy);

        Assert.Empty(
            sets.SelectMany(set => findViolations(infra.Resources(set)).Select(violation => $"{set}: {violation}")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_edit_violates_only_this_policy(string policy)
    {
        var (_, sets, _, breakIt) = All.Single(each => each.Name == policy);
        var edited = infra.Resources(sets[0]);
        breakIt(edited);

        // The other test reports policies that the unedited templates violate.
        Assert.Equal(
            [policy],
            Broken(sets[0], edited).Except(Broken(sets[0], infra.Resources(sets[0])).Where(each => each != policy)));
    }

    [Fact]
    public void There_are_at_least_forty_policies_and_every_parameter_set_has_its_own()
    {
        Assert.True(All.Count >= 40, $"There are only {All.Count}.");
        Assert.Equal(Repository.ParameterSets, Policy.Everywhere.Order(StringComparer.Ordinal));
        Assert.All(Repository.ParameterSets, set => Assert.Contains(All, policy => policy.Sets.Contains(set)));
    }

    private static IEnumerable<string> Broken(string set, Resources resources) =>
        All.Where(each => each.Sets.Contains(set) && each.FindViolations(resources).Any()).Select(each => each.Name);
}
