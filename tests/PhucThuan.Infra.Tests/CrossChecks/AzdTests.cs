using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PhucThuan.Infra.Tests.Scripts;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>azd is for trials: its hooks refuse production.</summary>
public sealed class AzdTests(CompiledInfra infra)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonNode Hooks = Workflow.Read("azure.yaml")["hooks"]!;

    [Fact]
    public void Hooks_come_before_all_that_makes_or_deletes() => Assert.Equal(
        ["predeploy", "predown", "preprovision"],
        Hooks.AsObject().Select(hook => hook.Key).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("preprovision", "prod", false)]
    [InlineData("predeploy", "prod", false)]
    [InlineData("predown", "prod", false)]
    [InlineData("preprovision", "prod-2", false)]
    [InlineData("preprovision", "dev", true)]
    [InlineData("predeploy", "dev", true)]
    [InlineData("predown", "dev", true)]
    public async Task Production_is_refused_with_the_script_that_is_for_it(string hook, string environment, bool isTaken)
    {
        var run = await RunAsync(hook, "AZURE_ENV_NAME", environment);

        Assert.Equal(isTaken, run.ExitCode == 0);
        Assert.Equal(!isTaken, run.Errors.Contains($"'{environment}' is production, run infra/", StringComparison.Ordinal));
    }

    /// <summary>azd puts its variables in the place of <c>${NAME}</c>; the compiler is asked as it would be asked for dev.</summary>
    [Fact]
    public async Task Its_parameters_lead_to_what_those_of_dev_lead_to()
    {
        var parameters = Repository.Read("infra/main.parameters.json")
            .Replace("${AZURE_ENV_NAME}", "dev", StringComparison.Ordinal)
            .Replace("${AZURE_LOCATION}", "southeastasia", StringComparison.Ordinal)
            .Replace("${EDITORS_GROUP_ID}", Bicep.EditorsGroupId, StringComparison.Ordinal)
            .Replace("${ALERT_EMAIL}", "ops@phucthuan.example.vn", StringComparison.Ordinal);
        Assert.DoesNotContain("${", parameters, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("azd-").FullName;
        var file = Path.Combine(folder, "azd.bicepparam");
        var template = Path.GetRelativePath(folder, Path.Combine(Repository.Infra, "main.bicep")).Replace('\\', '/');
        await File.WriteAllLinesAsync(
            file,
            JsonNode.Parse(parameters)!["parameters"]!.AsObject()
                .Select(parameter => $"param {parameter.Key} = {parameter.Value!["value"]!.ToJsonString(Plain).Replace('"', '\'')}")
                .Prepend($"using '{template}'").Append("param budgetStart = '2026-11-01'"),
            TestContext.Current.CancellationToken);

        Assert.Empty(await infra.Compiler.FindDiagnosticsAsync(file));
        Assert.Equal(
            infra.Resources("dev").All.Select(resource => resource.ToJsonString()),
            Resources.Parse(await infra.Compiler.SnapshotAsync(file)).All.Select(resource => resource.ToJsonString()));

        Directory.Delete(folder, recursive: true);
    }

    private static Task<ProgramRun> RunAsync(string hook, string variable, string? value)
    {
        Sandbox.SkipUnlessScriptsRun();
        return ProgramRun.RunAsync(Hooks.Text(hook + ".shell"), ["-c", Hooks.Text(hook + ".run")], new Dictionary<string, string?> { [variable] = value });
    }
}
