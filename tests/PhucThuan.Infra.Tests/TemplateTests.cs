using System.Text.Json.Nodes;
using PhucThuan.Infra.Tests.Policies;

namespace PhucThuan.Infra.Tests;

/// <summary>Diagnostics, format and snapshots of the templates.</summary>
public sealed class TemplateTests(CompiledInfra infra)
{
    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    public static TheoryData<string> Files => [.. new[] { "*.bicep", "*.bicepparam" }
        .SelectMany(pattern => Directory.GetFiles(Repository.Infra, pattern, SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Infra, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_compiler_reports_no_diagnostics_for(string file) =>
        Assert.Empty(await infra.Compiler.FindDiagnosticsAsync(Path.Combine(Repository.Infra, file)));

    /// <summary>Guards the test above, because a disabled rule reports nothing.</summary>
    [Fact]
    public void Every_linter_rule_is_an_error()
    {
        var core = JsonNode.Parse(Repository.Read("infra/bicepconfig.json")).At("analyzers.core")!;

        Assert.True(core.Is("enabled", true));
        Assert.True(core["rules"]!.AsObject().Count >= 36, $"{core["rules"]!.AsObject().Count} rules");
        Assert.All(
            core["rules"]!.AsObject(),
            rule => Assert.True(JsonNode.DeepEquals(rule.Value, JsonNode.Parse("""{"level": "error"}""")), rule.Key));
    }

    [Fact]
    public async Task A_type_error_that_the_compiler_calls_a_warning_is_found()
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

        Assert.StartsWith(
            "BCP036 Warning in identity.bicep",
            Assert.Single(await infra.Compiler.FindDiagnosticsAsync(file)),
            StringComparison.Ordinal);

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_file_is_formatted(string file) => Assert.Equal(
        await File.ReadAllTextAsync(Path.Combine(Repository.Infra, file), TestContext.Current.CancellationToken),
        await infra.Compiler.FormatAsync(Path.Combine(Repository.Infra, file)));

    /// <summary>
    /// Snapshots show in a pull request which resources a change of the templates affects. Run with
    /// <c>UPDATE_SNAPSHOTS=true</c> to write them.
    /// </summary>
    [Theory]
    [MemberData(nameof(ParameterSets))]
    public async Task The_committed_snapshot_is_current(string set)
    {
        var file = Path.Combine(Repository.Infra, "snapshots", set + ".json");
        var compiled = infra.Snapshot(set);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "true")
        {
            await File.WriteAllTextAsync(file, compiled, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(file), $"{file} is missing; run the tests once with UPDATE_SNAPSHOTS=true.");
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), compiled);
    }

    [Fact]
    public void Every_snapshot_belongs_to_a_parameter_set() => Assert.Equal(
        Repository.ParameterSets,
        Directory.GetFiles(Path.Combine(Repository.Infra, "snapshots"))
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal)!);

    /// <summary>
    /// Snapshots omit dependencies and unevaluated outputs; this test covers both.
    /// </summary>
    [Fact]
    public async Task The_app_depends_on_roles_and_network_and_outputs_the_front_door_address()
    {
        var template = await infra.Compiler.CompileAsync(Path.Combine(Repository.Infra, "main.bicep"));

        Assert.Equal(
            ["access", "frontDoor", "group", "monitoring", "network"],
            template.Texts("resources.functionApp.dependsOn").Order(StringComparer.Ordinal));
        Assert.Equal(
            "[format('https://{0}', coalesce(tryGet(if(variables('hasFrontDoor'), reference('frontDoor'), "
                + "null()), 'outputs', 'endpointHostName', 'value'), variables('appHostName')))]",
            template.Text("outputs.endpointUrl.value"));
        Assert.StartsWith(
            "[coalesce(tryGet(tryGet(reference(", // there is no token after the certificate has been issued
            template.Text("resources.frontDoor.properties.template.outputs.validationToken.value"),
            StringComparison.Ordinal);
    }

    /// <summary>Two checks in one test, because the start of a compiler takes seconds.</summary>
    [Fact]
    public async Task Editors_are_optional_and_allowed_addresses_reach_private_storage()
    {
        await using var compiler =
            new Bicep(("EDITORS_GROUP_ID", ""), ("ALLOWED_ADDRESSES", "203.0.113.4, 198.51.100.0/24"));

        Assert.Contains(
            "readEnvironmentVariable('EDITORS_GROUP_ID', '')",
            Repository.Read("infra/params/dev.bicepparam"),
            StringComparison.Ordinal);
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
