using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>Workflows are pinned, have minimal permissions and run the documented commands.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Ci = Repository.Read(".github/workflows/ci.yml");
    private static readonly string Deploy = Repository.Read(".github/workflows/deploy.yml");
    private static readonly JsonNode CiRead = Workflow.Read(".github/workflows/ci.yml");
    private static readonly JsonNode DeployRead = Workflow.Read(".github/workflows/deploy.yml");

    /// <summary>
    /// Allow-list of actions, each pinned to a commit with its version. An update by Dependabot must be added here.
    /// </summary>
    private static readonly string[] Pins =
    [
        "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
        "actions/setup-dotnet@d4c94342e560b34958eacfc5d055d21461ed1c5d # v5.0.0",
        "actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0",
        "actions/dependency-review-action@2031cfc080254a8a887f58cffee85186f0e49e48 # v4.9.0",
        "azure/login@a457da9ea143d694b1b9c7c869ebb04ebe844ef5 # v2.3.0",
        "github/codeql-action/analyze@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",
        "github/codeql-action/init@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",
        "microsoft/ps-rule@46451b8f5258c41beb5ae69ed7190ccbba84112c # v2.9.0",
    ];

    public static TheoryData<string> Workflows =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows"))
            .Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_by_commit(string workflow)
    {
        var uses = Uses()
            .Matches(Repository.Read(".github/workflows/" + workflow))
            .Select(match => match.Groups[1].Value)
            .Where(used => used != "./.github/workflows/ci.yml").ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, used => Assert.Contains(used, Pins));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Default_permission_is_read_only(string workflow) =>
        Workflow.AssertIs(Workflow.Read(".github/workflows/" + workflow)["permissions"], "{contents: read}");

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Scripts_contain_no_expression_and_no_secret(string workflow)
    {
        var text = Repository.Read(".github/workflows/" + workflow);

        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
        Assert.All(RunStep().Matches(text), step => Assert.DoesNotContain("${{", step.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Jobs_have_a_timeout_and_do_not_persist_credentials(string workflow)
    {
        var text = Repository.Read(".github/workflows/" + workflow);

        Assert.Equal(Count(text, "runs-on:"), Count(text, "timeout-minutes:"));
        Assert.Equal(Count(text, "actions/checkout@"), Count(text, "persist-credentials: false"));
    }

    [Fact]
    public void Ci_runs_the_readmes_test_command_and_publishes_the_function_app()
    {
        var command = TestCommand().Match(Repository.Read("README.md")).Groups[1].Value;

        Assert.NotEqual("", command);
        Assert.Contains($"run: {command}\n", Ci, StringComparison.Ordinal);
        Assert.Contains("run: dotnet publish functions/PhucThuan.Functions", Ci, StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_login_uses_openid_connect_only()
    {
        Assert.Equal(2, Count(Deploy, "id-token: write"));
        Assert.Equal(3, Count(Deploy, "uses: azure/login@"));
        Assert.Equal(0, Count(Deploy, "creds:"));
        Assert.Equal(0, Count(Ci, "id-token"));
    }

    [Fact]
    public void Workflows_are_triggered_by_changes_of_the_files_that_they_use()
    {
        const string Paths =
            "['infra/**', '!infra/**/*.md', 'functions/**', host.json, global.json, Directory.Build.props, "
            + "Directory.Packages.props, .github/workflows/deploy.yml]";

        Workflow.AssertIs(CiRead["on"], "{push: {branches: [main]}, pull_request: , workflow_call: }");
        Workflow.AssertIs(DeployRead["on"]!["pull_request"], $"{{paths: {Paths}}}");
        Workflow.AssertIs(DeployRead["on"]!["push"], $"{{branches: [main], paths: {Paths}}}");
        Workflow.AssertIs(
            DeployRead["on"]!["workflow_dispatch"],
            "{inputs: {set: {description: Parameter set, type: choice, default: dev, "
            + "options: [commune, dev, prod, prod-frontdoor, prod-private]}}}");
    }

    /// <summary>
    /// A comment with the reason stands before each excluded rule, or before the group it belongs to.
    /// </summary>
    [Fact]
    public void PsRule_checks_every_parameter_set_and_each_exception_has_a_reason()
    {
        var options = Workflow.Read("ps-rule.yaml");
        var step = CiRead.Steps("ps-rule")[^1];
        var excluded = options.Texts("rule.exclude").ToList();
        var lines = Repository.Read("ps-rule.yaml").Split("  exclude:\n")[1].Split('\n');

        Assert.Equal("ps-rule.yaml", step.Text("with.option"));
        Assert.Equal("infra/params/", step.Text("with.inputPath"));
        Assert.Equal("true", options.Text("configuration.AZURE_BICEP_PARAMS_FILE_EXPANSION"));
        Assert.Equal(["**", "!infra/params/*.bicepparam"], options.Texts("input.pathIgnore"));
        Assert.Equal(
            Bicep.RequiredVariables.Order(StringComparer.Ordinal),
            CiRead.At("jobs.ps-rule.env")!.AsObject().Select(variable => variable.Key).Order(StringComparer.Ordinal));
        Assert.Equal(excluded.Distinct(), excluded);
        Assert.StartsWith("    # ", lines[0], StringComparison.Ordinal);
        Assert.All(excluded, rule => Assert.StartsWith("Azure.", rule, StringComparison.Ordinal));
    }

    [Fact]
    public void CodeQl_and_dependency_review_run_on_pull_requests()
    {
        var codeQl = Workflow.Read(".github/workflows/codeql.yml");
        Workflow.AssertIs(
            codeQl["on"], "{push: {branches: [main]}, pull_request: , schedule: [{cron: '30 3 * * 1'}]}");
        Workflow.AssertIs(
            codeQl.At("jobs.analyze.permissions"), "{contents: read, security-events: write}");
        Assert.Equal(
            ["actions", "csharp", "javascript-typescript"], codeQl.Texts("jobs.analyze.strategy.matrix.language"));

        var review = Workflow.Read(".github/workflows/dependency-review.yml");
        Workflow.AssertIs(review["on"], "{pull_request: }");
        Assert.Equal("moderate", review.Steps("review")[^1].Text("with.fail-on-severity"));
    }

    /// <summary>Every ecosystem in the repository gets updates: NuGet, each npm package.json, and actions.</summary>
    [Fact]
    public void Dependabot_covers_every_lock_file()
    {
        var updates = Workflow.Read(".github/dependabot.yml").List("updates").ToList();
        var npm = updates.Single(update => update.Text("package-ecosystem") == "npm");
        var packages = Directory
            .GetFiles(Repository.Root, "package-lock.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => !folder.Split('/').Any(part => part is "node_modules" or "bin" or "obj" or ".data"))
            .Select(folder => "/" + folder);

        Assert.Equal(
            ["github-actions", "npm", "nuget"],
            updates.Select(update => update.Text("package-ecosystem")).Order(StringComparer.Ordinal));
        Assert.Equal(packages.Order(StringComparer.Ordinal), npm.Texts("directories").Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Jobs without their steps: condition, permissions, runner, environment, concurrency.
    /// </summary>
    [Theory]
    [InlineData(
        "ci",
        "{group: 'ci-${{ github.event.pull_request.number || github.run_id }}', cancel-in-progress: true}",
        "concurrency")]
    [InlineData("ci", "[tests, package, core-tools, former-release, ps-rule]", "jobs")]
    [InlineData("ci", "{runs-on: ubuntu-24.04, timeout-minutes: 30}", "jobs.tests")]
    [InlineData("ci", "{runs-on: ubuntu-24.04, timeout-minutes: 15}", "jobs.package")]
    [InlineData(
        "ci",
        "{runs-on: ubuntu-24.04, timeout-minutes: 20, env: {AzureWebJobsStorage: UseDevelopmentStorage=true, "
        + "Storage__ConnectionString: UseDevelopmentStorage=true, FUNCTIONS_WORKER_RUNTIME: dotnet-isolated, "
        + "AzureWebJobsDisableHomepage: true, FUNCTIONS_CORE_TOOLS_TELEMETRY_OPTOUT: true}}",
        "jobs.core-tools")]
    [InlineData("deploy", "[what-if, ci, deploy]", "jobs")]
    [InlineData(
        "deploy",
        """
        if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
        runs-on: ubuntu-24.04
        timeout-minutes: 20
        permissions: {contents: read, id-token: write, pull-requests: write}
        env:
          SET: ${{ vars.PRODUCTION_SET || 'commune' }}
          AZURE_LOCATION: ${{ vars.AZURE_LOCATION || 'southeastasia' }}
          ALERT_EMAIL: ${{ vars.ALERT_EMAIL }}
          EDITORS_GROUP_ID: ${{ vars.EDITORS_GROUP_ID }}
          CUSTOM_DOMAIN: ${{ vars.CUSTOM_DOMAIN }}
          ALLOWED_ADDRESSES: ${{ vars.ALLOWED_ADDRESSES }}
        """,
        "jobs.what-if")]
    [InlineData(
        "deploy",
        "{if: github.event_name != 'pull_request', uses: ./.github/workflows/ci.yml, permissions: {contents: read}}",
        "jobs.ci")]
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
          SET: ${{ inputs.set || vars.PRODUCTION_SET || 'commune' }}
          AZURE_LOCATION: ${{ vars.AZURE_LOCATION || 'southeastasia' }}
          ALERT_EMAIL: ${{ vars.ALERT_EMAIL }}
          EDITORS_GROUP_ID: ${{ vars.EDITORS_GROUP_ID }}
          CUSTOM_DOMAIN: ${{ vars.CUSTOM_DOMAIN }}
          ALLOWED_ADDRESSES: ${{ vars.ALLOWED_ADDRESSES }}
        """,
        "jobs.deploy")]
    public void Jobs_have_their_expected_definition(string workflow, string yaml, string part)
    {
        var found = (workflow == "ci" ? CiRead : DeployRead).At(part)!.DeepClone();
        found.AsObject().Remove("steps");
        Workflow.AssertIs(
            part == "jobs" ? new JsonArray([.. found.AsObject().Select(job => JsonValue.Create(job.Key))]) : found,
            yaml);
    }

    [Fact]
    public void Ci_checks_the_files_that_the_functions_host_needs() => Assert.Equal(
        "test -f app/worker.config.json && test -f app/host.json",
        CiRead.Steps("package")[^1].Text("run"));

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("run: (\\|\\n(?: {10}.*\\n)+|.*\\n)")]
    private static partial Regex RunStep();

    [GeneratedRegex("^(dotnet test [^#\\n]*?) +# all tests", RegexOptions.Multiline)]
    private static partial Regex TestCommand();

    [GeneratedRegex("uses: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
