using System.Text.Json.Nodes;
using PhucThuan.Infra.Tests.Scripts;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>azd makes trials with the worker in their package, and never touches production.</summary>
public sealed class AzdTests
{
    private static readonly JsonNode Hooks = Workflow.Read("azure.yaml")["hooks"]!;

    [Fact]
    public void Hooks_come_before_all_that_makes_or_deletes() => Assert.Equal(
        ["predeploy", "predown", "prepackage", "preprovision", "preup"],
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

    [Theory]
    [InlineData("preup", null, false)]
    [InlineData("prepackage", null, false)]
    [InlineData("preup", "true", true)]
    [InlineData("prepackage", "true", true)]
    public async Task A_package_without_the_worker_is_refused(string hook, string? value, bool isTaken)
    {
        var run = await RunAsync(hook, "FunctionsWorker", value);

        Assert.Equal(isTaken, run.ExitCode == 0);
        Assert.Equal(!isTaken, run.Errors.Contains("FunctionsWorker=true", StringComparison.Ordinal));
    }

    private static Task<ProgramRun> RunAsync(string hook, string variable, string? value)
    {
        Sandbox.SkipUnlessScriptsRun();
        return ProgramRun.RunAsync(Hooks.Text(hook + ".shell"), ["-c", Hooks.Text(hook + ".run")], new Dictionary<string, string?> { [variable] = value });
    }
}
