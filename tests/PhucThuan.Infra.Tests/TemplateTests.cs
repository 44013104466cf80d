using System.Text.Json.Nodes;
using PhucThuan.Infra.Tests.Policies;

namespace PhucThuan.Infra.Tests;

/// <summary>The templates as the compiler sees them.</summary>
public sealed class TemplateTests(CompiledInfra infra)
{
    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    public static TheoryData<string> Files => [.. new[] { "*.bicep", "*.bicepparam" }
        .SelectMany(pattern => Directory.GetFiles(Repository.Infra, pattern, SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Infra, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_compiler_has_nothing_to_say_of(string file) =>
        Assert.Empty(await infra.Compiler.FindDiagnosticsAsync(Path.Combine(Repository.Infra, file)));

    /// <summary>Without a rule as an error, the compiler would have nothing to say.</summary>
    [Fact]
    public void Every_rule_of_the_linter_is_on_and_an_error()
    {
        var core = JsonNode.Parse(Repository.Read("infra/bicepconfig.json")).At("analyzers.core")!;

        Assert.True(core.Is("enabled", true));
        Assert.True(core["rules"]!.AsObject().Count >= 36, $"{core["rules"]!.AsObject().Count} rules");
        Assert.All(core["rules"]!.AsObject(), rule => Assert.True(JsonNode.DeepEquals(rule.Value, JsonNode.Parse("""{"level": "error"}""")), rule.Key));
    }

    [Fact]
    public async Task A_wrong_type_which_the_compiler_calls_a_warning_is_seen()
    {
        var folder = Directory.CreateTempSubdirectory("infra-").FullName;
        var file = Path.Combine(folder, "identity.bicep");
        await File.WriteAllTextAsync(file, """
            param location string
            resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
              name: 'one'
              location: location
              tags: 'none'
            }
            """, TestContext.Current.CancellationToken);

        Assert.StartsWith("BCP036 Warning in identity.bicep", Assert.Single(await infra.Compiler.FindDiagnosticsAsync(file)), StringComparison.Ordinal);

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Formatting_would_change_nothing_in(string file) => Assert.Equal(
        await File.ReadAllTextAsync(Path.Combine(Repository.Infra, file), TestContext.Current.CancellationToken),
        await infra.Compiler.FormatAsync(Path.Combine(Repository.Infra, file)));

    /// <summary>
    /// A change of the templates shows in its pull request as a change of what is made. With <c>UPDATE_SNAPSHOTS=true</c> the
    /// files are written instead.
    /// </summary>
    [Theory]
    [MemberData(nameof(ParameterSets))]
    public async Task The_committed_snapshot_is_what_the_parameters_lead_to(string set)
    {
        var file = Path.Combine(Repository.Infra, "snapshots", set + ".json");
        var compiled = infra.Snapshot(set);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "true")
        {
            await File.WriteAllTextAsync(file, compiled, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(file), $"There is no {file}; run these tests once with UPDATE_SNAPSHOTS=true.");
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), compiled);
    }

    [Fact]
    public void Every_snapshot_belongs_to_a_set_of_parameters() => Assert.Equal(
        Repository.ParameterSets,
        Directory.GetFiles(Path.Combine(Repository.Infra, "snapshots")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!);

    /// <summary>What a snapshot does not show: what is made before what, and what the parts are read from in the end.</summary>
    [Fact]
    public async Task The_app_is_made_after_its_roles_and_its_network_and_tells_front_doors_address_when_there_is_one()
    {
        var template = await infra.Compiler.CompileAsync(Path.Combine(Repository.Infra, "main.bicep"));

        Assert.Equal(
            ["access", "frontDoor", "group", "monitoring", "network"],
            template.Texts("resources.functionApp.dependsOn").Order(StringComparer.Ordinal));
        Assert.Equal(
            "[format('https://{0}', coalesce(tryGet(if(variables('hasFrontDoor'), reference('frontDoor'), null()), 'outputs', 'endpointHostName', 'value'), variables('appHostName')))]",
            template.Text("outputs.endpointUrl.value"));
        Assert.StartsWith(
            "[coalesce(tryGet(tryGet(reference(", // a domain whose certificate is there has no token any more
            template.Text("resources.frontDoor.properties.template.outputs.validationToken.value"),
            StringComparison.Ordinal);
    }

    /// <summary>Both in one compiler, because one takes seconds to start.</summary>
    [Fact]
    public async Task Without_a_group_of_editors_it_gets_no_role_and_addresses_that_are_named_reach_private_storage()
    {
        await using var compiler = new Bicep(("EDITORS_GROUP_ID", ""), ("ALLOWED_ADDRESSES", "203.0.113.4, 198.51.100.0/24"));

        Assert.Contains("readEnvironmentVariable('EDITORS_GROUP_ID', '')", Repository.Read("infra/params/dev.bicepparam"), StringComparison.Ordinal);
        var roles = (await CompileAsync(compiler, "dev")).OfType(Types.Roles);
        Assert.NotEmpty(roles);
        Assert.All(roles, role => Assert.NotEqual("Group", role.Text("properties.principalType")));

        var accounts = (await CompileAsync(compiler, "prod-private")).OfType(Types.Accounts);

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account =>
        {
            Assert.Equal(
                ["203.0.113.4", "198.51.100.0/24"],
                account.List("properties.networkAcls.ipRules").Select(rule => rule.Text("value")));
            Assert.Equal("Deny", account.Text("properties.networkAcls.defaultAction"));
            Assert.Equal("Enabled", account.Text("properties.publicNetworkAccess"));
        });
    }

    private static async Task<Resources> CompileAsync(Bicep compiler, string set) =>
        Resources.Parse(await compiler.SnapshotAsync(Path.Combine(Repository.Infra, "params", set + ".bicepparam")));
}
