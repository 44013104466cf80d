namespace PhucThuan.Infra.Tests.Scripts;

public sealed class RollbackTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Going_back_publishes_the_package_before_the_last()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(Sandbox.Packages[^2] + "\n", _sandbox.Read("published"));
        Assert.True(_sandbox.IndexOf("curl") > _sandbox.IndexOf("az functionapp deployment source config-zip"));
    }

    [Fact]
    public async Task What_was_gone_back_from_is_not_gone_back_to()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"]);
        await _sandbox.RunAsync("rollback.sh", ["prod", "--to", "latest"]);

        Assert.Equal($"{Sandbox.Packages[^2]}\n{Sandbox.Packages[^2]}\n", _sandbox.Read("published"));
        Assert.Equal(Sandbox.Packages.SkipLast(1), _sandbox.Kept.Select(package => package.Name));
    }

    [Fact]
    public async Task From_a_package_that_has_not_passed_one_goes_back_to_the_last_that_did()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index < 4))]);

        await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.Equal([Sandbox.Packages[^2]], _sandbox.Published);
    }

    [Fact]
    public async Task What_has_not_passed_is_not_gone_back_to()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index is 1 or 4))]);

        await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.Equal([Sandbox.Packages[1]], _sandbox.Published);
    }

    [Theory]
    [InlineData("latest", false)]
    [InlineData("", true)]
    public async Task Without_another_that_passed_nothing_is_published(string to, bool isTested)
    {
        _sandbox.Keep((Sandbox.Packages[0], isTested));

        var run = await _sandbox.RunAsync("rollback.sh", to.Length > 0 ? ["prod", "--to", to] : ["prod"]);

        Assert.Contains("No other package is kept that passed", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Theory]
    [InlineData("OUTPUTS", "", "has no output 'resourceGroupName'; run infra/deploy.sh prod again")]
    [InlineData("LACKING", "endpointUrl", "has no output 'endpointUrl'; run infra/deploy.sh prod again")]
    [InlineData("NEWEST", "", "No deployment of 'prod' has come to its end")]
    [InlineData("FAIL_ON", "deployment sub list", "run this again")]
    [InlineData("FAIL_ON", "deployment sub show", "run this again")]
    public async Task What_cannot_be_read_is_told_before_anything_is_published(string variable, string value, string message)
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"], "", (variable, value));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Fact]
    public async Task A_newer_deployment_that_failed_stands_in_no_ones_way()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"]);

        const string Answer = """
            [
              {"name": "phucthuan-prod-3", "properties": {"timestamp": "2026-11-03T00:00:00+00:00", "provisioningState": "Failed"}},
              {"name": "phucthuan-dev-4", "properties": {"timestamp": "2026-11-04T00:00:00+00:00", "provisioningState": "Succeeded"}},
              {"name": "phucthuan-prod-2", "properties": {"timestamp": "2026-11-02T00:00:00+00:00", "provisioningState": "Succeeded"}},
              {"name": "phucthuan-prod-1", "properties": {"timestamp": "2026-11-01T00:00:00+00:00", "provisioningState": "Succeeded"}}
            ]
            """;
        Assert.Equal("phucthuan-prod-2", _sandbox.Query("az deployment sub list", Answer)!.ToString());
        Assert.Equal("null", _sandbox.Query("az deployment sub list", "[]")?.ToJsonString() ?? "null");
    }

    [Fact]
    public async Task A_package_that_does_not_work_either_costs_no_other()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("BROKEN", "100"));

        Assert.Equal(Sandbox.Packages, _sandbox.Kept.Select(package => package.Name));
    }

    [Theory]
    [InlineData("rollback.sh")]
    [InlineData("teardown.sh")]
    [InlineData("deploy.sh")]
    public async Task Two_sets_are_not_guessed_at(string script)
    {
        var run = await _sandbox.RunAsync(script, ["dev", "prod"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("One set of parameters at a time", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    /// <summary>Each run goes further back, and the one that works at last is the only one left.</summary>
    [Fact]
    public async Task What_failed_on_the_way_back_is_not_published_again()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("BROKEN", "9"));
        Assert.False(_sandbox.Kept.Single(package => package.Name == Sandbox.Packages[^2]).IsTested);

        var run = await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal([Sandbox.Packages[^2], Sandbox.Packages[^3]], _sandbox.Published);
        Assert.Equal(Sandbox.Packages.SkipLast(2), _sandbox.Kept.Select(package => package.Name));
    }

    [Fact]
    public async Task What_passes_when_it_is_named_counts_as_tested_again()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index > 0))]);

        await _sandbox.RunAsync("rollback.sh", ["prod", "--to", Sandbox.Packages[0]]);

        Assert.Equal([(Sandbox.Packages[0], true)], _sandbox.Kept);
    }

    [Fact]
    public async Task Who_may_not_list_packages_is_told_which_role_is_missing()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("FAIL_ON", "storage blob list"));

        Assert.Contains("Who needs which right", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Theory]
    [InlineData("--to")]
    [InlineData("--to", "")]
    public async Task An_option_without_its_value_is_told(params string[] options)
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod", .. options]);

        Assert.Contains("Error: --to wants the name of a package", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    [Fact]
    public async Task A_package_may_be_named()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod", "--to", Sandbox.Packages[0]]);

        Assert.Equal(Sandbox.Packages[0] + "\n", _sandbox.Read("published"));
    }

    [Fact]
    public async Task A_package_that_is_not_kept_is_refused_with_the_names_of_those_that_are()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod", "--to", "portal.*"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(Sandbox.Packages[2], run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Fact]
    public async Task The_kept_packages_are_listed_and_nothing_is_done()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index < 4))]);

        var run = await _sandbox.RunAsync("rollback.sh", ["prod", "--list"]);

        Assert.Equal(string.Join('\n', Sandbox.Packages) + " (has not passed its smoke test)\n", run.Output);
        Assert.Empty(_sandbox.Published);
    }

    [Fact]
    public async Task Going_back_to_what_does_not_work_is_told()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("BROKEN", "100"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("does not work either", run.Errors, StringComparison.Ordinal);
    }
}
