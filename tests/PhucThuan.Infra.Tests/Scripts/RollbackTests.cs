namespace PhucThuan.Infra.Tests.Scripts;

public sealed class RollbackTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Rollback_publishes_the_package_before_the_last()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(Sandbox.Packages[^2] + "\n", _sandbox.Read("published"));
        Assert.True(_sandbox.IndexOf("curl") > _sandbox.IndexOf("az functionapp deployment source config-zip"));
    }

    [Fact]
    public async Task A_second_rollback_does_not_return_to_the_bad_package()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"]);
        await _sandbox.RunAsync("rollback.sh", ["prod", "--to", "latest"]);

        Assert.Equal($"{Sandbox.Packages[^2]}\n{Sandbox.Packages[^2]}\n", _sandbox.Read("published"));
        Assert.Equal(Sandbox.Packages.SkipLast(1), _sandbox.Kept.Select(package => package.Name));
    }

    [Fact]
    public async Task An_untested_package_is_replaced_by_the_last_tested_one()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index < 4))]);

        await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.Equal([Sandbox.Packages[^2]], _sandbox.Published);
    }

    [Fact]
    public async Task An_untested_package_is_not_published()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index is 1 or 4))]);

        await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.Equal([Sandbox.Packages[1]], _sandbox.Published);
    }

    [Theory]
    [InlineData("latest", false)]
    [InlineData("", true)]
    public async Task Without_another_tested_package_nothing_is_published(string to, bool isTested)
    {
        _sandbox.Keep((Sandbox.Packages[0], isTested));

        var run = await _sandbox.RunAsync("rollback.sh", to.Length > 0 ? ["prod", "--to", to] : ["prod"]);

        Assert.Contains("No other package passed its smoke test", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Theory]
    [InlineData("OUTPUTS", "", "has no output 'resourceGroupName'; run infra/deploy.sh prod again")]
    [InlineData("LACKING", "endpointUrl", "has no output 'endpointUrl'; run infra/deploy.sh prod again")]
    [InlineData("NEWEST", "", "no successful deployment of 'prod'")]
    [InlineData("FAIL_ON", "deployment sub list", "run this again")]
    [InlineData("FAIL_ON", "deployment sub show", "run this again")]
    public async Task A_failed_read_is_reported_before_publishing(
        string variable, string value, string message)
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"], "", (variable, value));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Fact]
    public async Task A_newer_failed_deployment_is_ignored()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"]);

        const string Answer = """
            [
              {"name": "phucthuan-prod-3", "properties": {"timestamp": "2026-11-03T00:00:00+00:00",
                "provisioningState": "Failed"}},
              {"name": "phucthuan-dev-4", "properties": {"timestamp": "2026-11-04T00:00:00+00:00",
                "provisioningState": "Succeeded"}},
              {"name": "phucthuan-prod-2", "properties": {"timestamp": "2026-11-02T00:00:00+00:00",
                "provisioningState": "Succeeded"}},
              {"name": "phucthuan-prod-1", "properties": {"timestamp": "2026-11-01T00:00:00+00:00",
                "provisioningState": "Succeeded"}}
            ]
            """;
        Assert.Equal("phucthuan-prod-2", _sandbox.Query("az deployment sub list", Answer)!.ToString());
        Assert.Equal("null", _sandbox.Query("az deployment sub list", "[]")?.ToJsonString() ?? "null");
    }

    [Fact]
    public async Task A_package_that_fails_too_does_not_remove_others()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("BROKEN", "100"));

        Assert.Equal(Sandbox.Packages, _sandbox.Kept.Select(package => package.Name));
    }

    [Theory]
    [InlineData("rollback.sh")]
    [InlineData("teardown.sh")]
    [InlineData("deploy.sh")]
    public async Task Two_parameter_sets_are_refused(string script)
    {
        var run = await _sandbox.RunAsync(script, ["dev", "prod"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Only one parameter set is allowed", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    /// <summary>Each run goes one package further back; the one that passes is the only one left.</summary>
    [Fact]
    public async Task A_package_that_failed_on_the_way_back_is_not_published_again()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("BROKEN", "9"));
        Assert.False(_sandbox.Kept.Single(package => package.Name == Sandbox.Packages[^2]).IsTested);

        var run = await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal([Sandbox.Packages[^2], Sandbox.Packages[^3]], _sandbox.Published);
        Assert.Equal(Sandbox.Packages.SkipLast(2), _sandbox.Kept.Select(package => package.Name));
    }

    [Fact]
    public async Task A_named_package_that_passes_is_marked_as_tested_again()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index > 0))]);

        await _sandbox.RunAsync("rollback.sh", ["prod", "--to", Sandbox.Packages[0]]);

        Assert.Equal([(Sandbox.Packages[0], true)], _sandbox.Kept);
    }

    [Fact]
    public async Task Without_permission_to_list_packages_the_missing_role_is_named()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("FAIL_ON", "storage blob list"));

        Assert.Contains("Permissions", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Theory]
    [InlineData("--to")]
    [InlineData("--to", "")]
    public async Task An_option_without_its_value_is_refused(params string[] options)
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod", .. options]);

        Assert.Contains("Error: --to needs the name of a package", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    [Fact]
    public async Task A_package_may_be_named()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod", "--to", Sandbox.Packages[0]]);

        Assert.Equal(Sandbox.Packages[0] + "\n", _sandbox.Read("published"));
    }

    [Fact]
    public async Task An_unknown_package_is_refused_with_the_kept_ones()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod", "--to", "portal.*"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(Sandbox.Packages[2], run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Fact]
    public async Task List_prints_the_kept_packages_only()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index < 4))]);

        var run = await _sandbox.RunAsync("rollback.sh", ["prod", "--list"]);

        Assert.Equal(string.Join('\n', Sandbox.Packages) + " (not tested)\n", run.Output);
        Assert.Empty(_sandbox.Published);
    }

    [Fact]
    public async Task A_rollback_to_a_broken_package_is_reported()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("BROKEN", "100"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("failed its smoke test too", run.Errors, StringComparison.Ordinal);
    }
}
