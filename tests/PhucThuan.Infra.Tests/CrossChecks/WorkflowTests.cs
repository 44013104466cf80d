using System.Text.RegularExpressions;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>What GitHub runs is pinned, has few rights, and does what the README says.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Ci = Repository.Read(".github/workflows/ci.yml");
    private static readonly string Deploy = Repository.Read(".github/workflows/deploy.yml");

    public static TheoryData<string> Workflows =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows")).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_by_commit_with_their_version_beside(string workflow)
    {
        var uses = Repository.Read(".github/workflows/" + workflow).Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches("uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9]+\\.[0-9]+\\.[0-9]+$", line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Rights_begin_with_reading(string workflow) =>
        Assert.Contains("\npermissions:\n  contents: read\n\n", Repository.Read(".github/workflows/" + workflow), StringComparison.Ordinal);

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
        Assert.Contains("FunctionsWorker: 'true'\n        run: dotnet publish functions/PhucThuan.Functions", Ci, StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_is_opened_by_openid_connect_alone()
    {
        Assert.Equal(2, Count(Deploy, "id-token: write"));
        Assert.Equal(2, Count(Deploy, "uses: azure/login@"));
        Assert.Equal(0, Count(Deploy, "creds:"));
        Assert.Equal(0, Count(Ci, "id-token"));
    }

    [Fact]
    public void A_pull_request_shows_what_it_would_change_with_an_identity_that_can_change_nothing()
    {
        var job = Job("what-if");

        Assert.Contains("infra/deploy.sh \"$SET\" --what-if", job, StringComparison.Ordinal);
        Assert.Contains("gh pr comment", job, StringComparison.Ordinal);
        Assert.Contains("vars.AZURE_READER_CLIENT_ID", job, StringComparison.Ordinal);
        Assert.DoesNotContain("vars.AZURE_CLIENT_ID", job, StringComparison.Ordinal);
        Assert.DoesNotContain("--yes", job, StringComparison.Ordinal);
    }

    [Fact]
    public void Production_waits_for_approval_is_smoke_tested_and_rolled_back()
    {
        var job = Job("deploy");
        var steps = new[] { "environment: ", "infra/deploy.sh \"$SET\" --yes", "infra/smoke.sh ", "if: failure() && steps.deploy.outcome == 'success'\n        run: infra/rollback.sh \"$SET\"" };

        Assert.Contains("'dev' || 'production'", job, StringComparison.Ordinal);
        Assert.Contains("if: github.event_name != 'pull_request'", job, StringComparison.Ordinal);
        Assert.Contains("cancel-in-progress: false", job, StringComparison.Ordinal);
        var positions = steps.Select(step => job.IndexOf(step, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public void The_sets_that_can_be_chosen_are_those_that_exist() => Assert.Equal(
        Repository.ParameterSets,
        Choices().Match(Deploy).Groups[1].Value.Split(", "));

    [Fact]
    public void Every_variable_that_a_set_reads_is_passed()
    {
        var read = Repository.ParameterSets.SelectMany(set => Variable().Matches(Repository.Read($"infra/params/{set}.bicepparam")))
            .Select(match => match.Groups[1].Value).Distinct().Except(["BUDGET_START"]);

        Assert.All(read, variable =>
        {
            var passed = $"{variable}: ${{{{ vars.{variable} {(variable == "AZURE_LOCATION" ? "|| 'southeastasia' " : "")}}}}}\n";
            Assert.Contains(passed, Job("deploy"), StringComparison.Ordinal);
            Assert.Contains(passed, Job("what-if"), StringComparison.Ordinal);
        });
    }

    private static string Job(string name)
    {
        var start = Deploy.IndexOf($"\n  {name}:\n", StringComparison.Ordinal);
        var end = Deploy.IndexOf("\n  deploy:\n", start + 1, StringComparison.Ordinal);
        return end < 0 ? Deploy[start..] : Deploy[start..end];
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("run: (\\|\\n(?: {10}.*\\n)+|.*\\n)")]
    private static partial Regex RunStep();

    [GeneratedRegex("^(dotnet test [^#\\n]*?) +# all tests", RegexOptions.Multiline)]
    private static partial Regex TestCommand();

    [GeneratedRegex("options: \\[(.*)\\]")]
    private static partial Regex Choices();

    [GeneratedRegex("readEnvironmentVariable\\('([A-Z_]+)'")]
    private static partial Regex Variable();
}
