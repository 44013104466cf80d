using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>What GitHub runs is pinned, has few rights, and does what the README says.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Ci = Repository.Read(".github/workflows/ci.yml");
    private static readonly string Deploy = Repository.Read(".github/workflows/deploy.yml");
    private static readonly JsonNode CiRead = Workflow.Read(".github/workflows/ci.yml");
    private static readonly JsonNode DeployRead = Workflow.Read(".github/workflows/deploy.yml");

    /// <summary>What may run at all, each as one commit: another, or a name of a version that belongs to another, is a change to look at.</summary>
    private static readonly string[] Pins =
    [
        "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
        "actions/setup-dotnet@d4c94342e560b34958eacfc5d055d21461ed1c5d # v5.0.0",
        "actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0",
        "azure/login@a457da9ea143d694b1b9c7c869ebb04ebe844ef5 # v2.3.0",
    ];

    public static TheoryData<string> Workflows =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows")).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_by_commit_with_their_version_beside(string workflow)
    {
        var uses = Uses().Matches(Repository.Read(".github/workflows/" + workflow)).Select(match => match.Groups[1].Value)
            .Where(used => used != "./.github/workflows/ci.yml").ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, used => Assert.Contains(used, Pins));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Rights_begin_with_reading(string workflow) =>
        Workflow.AssertIs(Workflow.Read(".github/workflows/" + workflow)["permissions"], "{contents: read}");

    [Theory]
    [MemberData(nameof(Workflows))]
    public void No_script_has_words_of_strangers_put_into_it_and_no_secret_is_read(string workflow)
    {
        var text = Repository.Read(".github/workflows/" + workflow);

        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
        Assert.All(RunStep().Matches(text), step => Assert.DoesNotContain("${{", step.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_job_ends_and_leaves_no_token_behind(string workflow)
    {
        var text = Repository.Read(".github/workflows/" + workflow);

        Assert.Equal(Count(text, "runs-on:"), Count(text, "timeout-minutes:"));
        Assert.Equal(Count(text, "actions/checkout@"), Count(text, "persist-credentials: false"));
    }

    [Fact]
    public void Ci_runs_the_readmes_test_command_and_builds_what_is_deployed()
    {
        var command = TestCommand().Match(Repository.Read("README.md")).Groups[1].Value;

        Assert.NotEqual("", command);
        Assert.Contains($"run: {command}\n", Ci, StringComparison.Ordinal);
        Assert.Contains("run: dotnet publish functions/PhucThuan.Functions", Ci, StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_is_opened_by_openid_connect_alone()
    {
        Assert.Equal(2, Count(Deploy, "id-token: write"));
        Assert.Equal(3, Count(Deploy, "uses: azure/login@"));
        Assert.Equal(0, Count(Deploy, "creds:"));
        Assert.Equal(0, Count(Ci, "id-token"));
    }

    [Fact]
    public void Workflows_run_when_what_they_build_or_deploy_is_changed()
    {
        const string Paths = "['infra/**', '!infra/**/*.md', 'functions/**', host.json, global.json, Directory.Build.props, Directory.Packages.props, .github/workflows/deploy.yml]";

        Workflow.AssertIs(CiRead["on"], "{push: {branches: [main]}, pull_request: , workflow_call: }");
        Workflow.AssertIs(DeployRead["on"]!["pull_request"], $"{{paths: {Paths}}}");
        Workflow.AssertIs(DeployRead["on"]!["push"], $"{{branches: [main], paths: {Paths}}}");
        Workflow.AssertIs(
            DeployRead["on"]!["workflow_dispatch"],
            "{inputs: {set: {description: Parameters to use, type: choice, default: dev, options: [dev, prod, prod-frontdoor, prod-private]}}}");
    }

    /// <summary>Everything about a job but its steps: when it runs, with which rights, where, and beside which others.</summary>
    [Theory]
    [InlineData("ci", "{group: 'ci-${{ github.event.pull_request.number || github.run_id }}', cancel-in-progress: true}", "concurrency")]
    [InlineData("ci", "[tests, worker]", "jobs")]
    [InlineData("ci", "{runs-on: ubuntu-24.04, timeout-minutes: 30}", "jobs.tests")]
    [InlineData("ci", "{runs-on: ubuntu-24.04, timeout-minutes: 15}", "jobs.worker")]
    [InlineData("deploy", "[what-if, ci, deploy]", "jobs")]
    [InlineData(
        "deploy",
        """
        if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
        runs-on: ubuntu-24.04
        timeout-minutes: 20
        permissions: {contents: read, id-token: write, pull-requests: write}
        env:
          SET: ${{ vars.PRODUCTION_SET || 'prod' }}
          AZURE_LOCATION: ${{ vars.AZURE_LOCATION || 'southeastasia' }}
          ALERT_EMAIL: ${{ vars.ALERT_EMAIL }}
          EDITORS_GROUP_ID: ${{ vars.EDITORS_GROUP_ID }}
          CUSTOM_DOMAIN: ${{ vars.CUSTOM_DOMAIN }}
          ALLOWED_ADDRESSES: ${{ vars.ALLOWED_ADDRESSES }}
        """,
        "jobs.what-if")]
    [InlineData("deploy", "{if: github.event_name != 'pull_request', uses: ./.github/workflows/ci.yml, permissions: {contents: read}}", "jobs.ci")]
    [InlineData(
        "deploy",
        """
        if: github.event_name != 'pull_request'
        needs: ci
        runs-on: ubuntu-24.04
        timeout-minutes: 120
        environment: ${{ inputs.set == 'dev' && 'dev' || 'production' }}
        concurrency:
          group: deploy-${{ inputs.set == 'dev' && 'dev' || 'production' }}
          cancel-in-progress: false
        permissions: {contents: read, id-token: write}
        env:
          SET: ${{ inputs.set || vars.PRODUCTION_SET || 'prod' }}
          AZURE_LOCATION: ${{ vars.AZURE_LOCATION || 'southeastasia' }}
          ALERT_EMAIL: ${{ vars.ALERT_EMAIL }}
          EDITORS_GROUP_ID: ${{ vars.EDITORS_GROUP_ID }}
          CUSTOM_DOMAIN: ${{ vars.CUSTOM_DOMAIN }}
          ALLOWED_ADDRESSES: ${{ vars.ALLOWED_ADDRESSES }}
        """,
        "jobs.deploy")]
    public void Jobs_are_as_they_are_meant(string workflow, string yaml, string part)
    {
        var found = (workflow == "ci" ? CiRead : DeployRead).At(part)!.DeepClone();
        found.AsObject().Remove("steps");
        Workflow.AssertIs(part == "jobs" ? new JsonArray([.. found.AsObject().Select(job => JsonValue.Create(job.Key))]) : found, yaml);
    }

    /// <summary>What runs, in which order, on which condition, and as whom.</summary>
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
    public void Steps_come_in_their_order_and_on_their_conditions(string job, string wanted) => Assert.Equal(
        wanted.Split('\n').Select(line => line[2..]),
        DeployRead.Steps(job).Select(step =>
            (step["uses"] is { } used ? used.ToString().Split('@')[0] : Command().Match(step.Text("run") + "\n").Groups[1].Value)
            + (ClientId().Match(step.Text("with.client-id")) is { Success: true } client ? " " + client.Groups[1].Value : "")
            + (step["if"] is { } condition ? " if " + condition : "")));

    [Fact]
    public void Steps_are_told_what_deploying_found_out()
    {
        var steps = DeployRead.Steps("deploy");

        Assert.Equal(["deploy", "readers", "endpoint"], steps.Select(step => step.Text("id")).Where(id => id.Length > 0));
        Workflow.AssertIs(steps.Single(step => step.Text("id") == "readers")["env"], "{ADDRESS: '${{ steps.deploy.outputs.address }}'}");
        Workflow.AssertIs(steps.Single(step => step.Text("id") == "endpoint")["env"], "{ENDPOINT: '${{ steps.deploy.outputs.endpoint }}'}");
    }

    [Fact]
    public void A_look_that_failed_fails_after_it_was_told() => Assert.EndsWith(
        "} > what-if.md\nexit \"$status\"\n",
        DeployRead.Steps("what-if")[2].Text("run"),
        StringComparison.Ordinal);

    [Fact]
    public void Ci_looks_for_what_azures_host_wants_in_a_package() => Assert.Equal(
        "test -f app/worker.config.json && test -f app/host.json",
        CiRead.Steps("worker")[^1].Text("run"));

    [Fact]
    public void The_sets_that_can_be_chosen_are_those_that_exist() => Assert.Equal(
        Repository.ParameterSets,
        DeployRead.Texts("on.workflow_dispatch.inputs.set.options"));

    [Fact]
    public void Every_variable_that_a_set_reads_is_passed_and_told()
    {
        var read = Repository.ParameterSets.SelectMany(set => Variable().Matches(Repository.Read($"infra/params/{set}.bicepparam")))
            .Select(match => match.Groups[1].Value).Distinct().Except(["BUDGET_START"]).Append("SET").Order(StringComparer.Ordinal).ToList();

        Assert.Equal(read, DeployRead.At("jobs.deploy.env")!.AsObject().Select(variable => variable.Key).Order(StringComparer.Ordinal));
        var told = Repository.Read("infra/README.md");
        Assert.All(UsedVariable().Matches(Deploy).Select(match => match.Groups[1].Value).Distinct(), variable =>
            Assert.Contains($"`{variable}`", told, StringComparison.Ordinal));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("run: (\\|\\n(?: {10}.*\\n)+|.*\\n)")]
    private static partial Regex RunStep();

    [GeneratedRegex("^(dotnet test [^#\\n]*?) +# all tests", RegexOptions.Multiline)]
    private static partial Regex TestCommand();

    [GeneratedRegex("readEnvironmentVariable\\('([A-Z_]+)'")]
    private static partial Regex Variable();

    [GeneratedRegex("vars\\.([A-Z_]+)")]
    private static partial Regex UsedVariable();

    [GeneratedRegex("uses: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    /// <summary>The line of a step that runs a script of ours, or tells of it.</summary>
    [GeneratedRegex("^ *((?:infra/|gh ).*)\\n", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("vars\\.(\\w+)")]
    private static partial Regex ClientId();
}
