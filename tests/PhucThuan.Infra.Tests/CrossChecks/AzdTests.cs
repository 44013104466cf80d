using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PhucThuan.Infra.Tests.Scripts;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>azd is for trials only: its hooks refuse production.</summary>
public sealed class AzdTests(CompiledInfra infra)
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonNode Hooks = Workflow.Read("azure.yaml")["hooks"]!;

    [Fact]
    public void Hooks_run_before_every_command_that_changes_azure() => Assert.Equal(
        ["predeploy", "predown", "preprovision"],
        Hooks.AsObject().Select(hook => hook.Key).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("preprovision", "prod", false)]
    [InlineData("predeploy", "prod", false)]
    [InlineData("predown", "prod", false)]
    [InlineData("preprovision", "prod-2", false)]
    [InlineData("preprovision", "commune", false)]
    [InlineData("predown", "commune", false)]
    [InlineData("preprovision", "dev", true)]
    [InlineData("predeploy", "dev", true)]
    [InlineData("predown", "dev", true)]
    public async Task Production_is_refused_and_the_script_for_it_is_named(
        string hook, string environment, bool isTaken)
    {
        var run = await RunAsync(hook, "AZURE_ENV_NAME", environment);

        Assert.Equal(isTaken, run.ExitCode == 0);
        Assert.Equal(
            !isTaken, run.Errors.Contains($"'{environment}' is production, run infra/", StringComparison.Ordinal));
    }

    /// <summary>
    /// azd replaces <c>${NAME}</c> with its variables. The result must give the resources of dev.
    /// </summary>
    [Fact]
    public async Task Its_parameters_produce_the_resources_of_dev()
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
            JsonNode.Parse(parameters)!["parameters"]!
                .AsObject()
                .Select(parameter =>
                    $"param {parameter.Key} = {ToBicep(parameter.Value!["value"]!)}")
                .Prepend($"using '{template}'")
                .Append("param budgetStart = '2026-11-01'"),
            TestContext.Current.CancellationToken);

        Assert.Empty(await infra.Compiler.FindDiagnosticsAsync(file));
        Assert.Equal(
            infra.Resources("dev").All.Select(resource => resource.ToJsonString()),
            Resources.Parse(await infra.Compiler.SnapshotAsync(file)).All.Select(resource => resource.ToJsonString()));

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Bicep's form of JSON: strings in single quotes, names of properties without quotes.</summary>
    private static string ToBicep(JsonNode value) =>
        Regex.Replace(value.ToJsonString(Plain).Replace('"', '\''), @"(?<=[{,])'(\w+)':", "$1:");

    private static Task<ProgramRun> RunAsync(string hook, string variable, string? value)
    {
        Sandbox.SkipUnlessScriptsRun();
        return ProgramRun.RunAsync(
            Hooks.Text(hook + ".shell"),
            ["-c", Hooks.Text(hook + ".run")],
            new Dictionary<string, string?> { [variable] = value });
    }
}
