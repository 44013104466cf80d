using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>Steps of the deployment, and the variables that they get from the repository's settings.</summary>
public sealed partial class DeployWorkflowTests
{
    private static readonly string Deploy = Repository.Read(".github/workflows/deploy.yml");
    private static readonly JsonNode DeployRead = Workflow.Read(".github/workflows/deploy.yml");

    /// <summary>Steps with their order, condition and identity.</summary>
    [Theory]
    [InlineData("what-if", """
        - actions/checkout
        - azure/login AZURE_READER_CLIENT_ID
        - infra/deploy.sh "$SET" --what-if > what-if.txt 2>&1 || status=$?
        - gh pr comment "$NUMBER" --body-file what-if.md --edit-last --create-if-none if always()
        """)]
    [InlineData("deploy", """
        - actions/checkout
        - actions/setup-dotnet
        - azure/login AZURE_CLIENT_ID
        - infra/deploy.sh "$SET" --yes
        - infra/smoke.sh "$ADDRESS"
        - infra/smoke.sh "$ENDPOINT" if failure() && steps.readers.outcome == 'failure'
        - azure/login AZURE_CLIENT_ID if failure() && steps.endpoint.outcome == 'failure'
        - infra/rollback.sh "$SET" if failure() && steps.endpoint.outcome == 'failure'
        """)]
    public void Steps_have_their_order_and_conditions(string job, string wanted) => Assert.Equal(
        wanted.Split('\n').Select(line => line[2..]),
        DeployRead.Steps(job).Select(step =>
            (step["uses"] is { } used
                    ? used.ToString().Split('@')[0]
                    : Command().Match(step.Text("run") + "\n").Groups[1].Value)
            + (
                ClientId().Match(step.Text("with.client-id")) is { Success: true } client
                    ? " " + client.Groups[1].Value
                    : "")
            + (step["if"] is { } condition ? " if " + condition : "")));

    [Fact]
    public void Smoke_tests_use_the_outputs_of_the_deployment()
    {
        var steps = DeployRead.Steps("deploy");

        Assert.Equal(
            ["deploy", "readers", "endpoint"], steps.Select(step => step.Text("id")).Where(id => id.Length > 0));
        Workflow.AssertIs(
            steps.Single(step => step.Text("id") == "readers")["env"],
            "{ADDRESS: '${{ steps.deploy.outputs.address }}'}");
        Workflow.AssertIs(
            steps.Single(step => step.Text("id") == "endpoint")["env"],
            "{ENDPOINT: '${{ steps.deploy.outputs.endpoint }}'}");
    }

    [Fact]
    public void A_failed_what_if_fails_the_job_after_the_comment() => Assert.EndsWith(
        "} > what-if.md\nexit \"$status\"\n",
        DeployRead.Steps("what-if")[2].Text("run"),
        StringComparison.Ordinal);

    [Fact]
    public void The_choices_are_the_existing_parameter_sets() => Assert.Equal(
        Repository.ParameterSets,
        DeployRead.Texts("on.workflow_dispatch.inputs.set.options"));

    [Fact]
    public void Every_variable_of_a_parameter_set_is_passed_and_documented()
    {
        var read = Repository.ParameterSets.SelectMany(set =>
            Variable().Matches(Repository.Read($"infra/params/{set}.bicepparam")))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Except(["BUDGET_START"])
            .Append("SET")
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.Equal(
            read,
            DeployRead.At("jobs.deploy.env")!
                .AsObject()
                .Select(variable => variable.Key)
                .Order(StringComparer.Ordinal));
        var readme = Repository.Read("infra/README.md");
        Assert.All(UsedVariable().Matches(Deploy).Select(match => match.Groups[1].Value).Distinct(), variable =>
            Assert.Contains($"`{variable}`", readme, StringComparison.Ordinal));
    }

    /// <summary>A command line of a step, for a script of infra/ or gh.</summary>
    [GeneratedRegex("^ *((?:infra/|gh ).*)\\n", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("vars\\.(\\w+)")]
    private static partial Regex ClientId();

    [GeneratedRegex("readEnvironmentVariable\\('([A-Z_]+)'")]
    private static partial Regex Variable();

    [GeneratedRegex("vars\\.([A-Z_]+)")]
    private static partial Regex UsedVariable();
}
