namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>Tests of deploy.sh: refusals and failures.</summary>
public sealed class DeployTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("no")]
    [InlineData("")]
    [InlineData("y")]
    public async Task Without_yes_nothing_is_deployed(string answer)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod"], answer + "\n");

        Assert.NotEqual(0, run.ExitCode);
        Assert.True(_sandbox.WasCalled("az deployment sub what-if"));
        Assert.False(_sandbox.WasCalled("az deployment sub create"));
        Assert.Contains("Nothing was changed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_changes_nothing()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--what-if"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("what-if", _sandbox.Calls[^1][3]);
        Assert.Single(_sandbox.Calls, call => call is [_, "deployment", ..]);
        Assert.Contains("ProviderNoRbac", _sandbox.Calls[^1]);
    }

    [Theory]
    [InlineData("deployment sub validate")]
    [InlineData("deployment sub what-if")]
    [InlineData("deployment sub create")]
    [InlineData("functionapp deployment source config-zip")]
    public async Task A_failed_step_stops_the_script(string step)
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", step), ("FAIL_TEXT", "ERROR: InvalidTemplate"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("InvalidTemplate", run.Errors, StringComparison.Ordinal);
        Assert.StartsWith("az " + step, string.Join(' ', _sandbox.Calls[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_publishes_nothing()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("BUILD_FAILS", "1"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(_sandbox.Published);
    }

    [Fact]
    public async Task Publishing_retries_until_new_roles_are_effective()
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "config-zip"), ("FAIL_TIMES", "2"),
            ("FAIL_TEXT", "Status 403 (Forbidden)"));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(3, _sandbox.Calls.Count(call => call.Contains("config-zip")));
        Assert.Contains("a new role is not effective yet", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The messages are from az, from storage and from the deployment service.</summary>
    [Theory]
    [InlineData("The request may be blocked by network rules of storage account. Please check network rule set")]
    [InlineData("403 ErrorCode:AuthorizationFailure")]
    [InlineData(
        "Forbidden : Response status code does not indicate success: 403 (This request is not authorized to "
            + "perform this operation.)")]
    public async Task A_refusal_by_the_storage_firewall_is_not_reported_as_a_missing_role(string text)
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "blob upload"), ("FAIL_TEXT", text));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("The storage firewall blocks this machine", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("a new role is not effective yet", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_role_is_not_reported_as_a_refusal_by_the_firewall()
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "blob upload"),
            (
                "FAIL_TEXT",
                "403 AuthorizationPermissionMismatch: This request is not authorized to perform this operation "
                    + "using this permission."));

        Assert.Contains("Still refused after 3 attempts", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// The portal has passed its test, so the deployment must not be reported as failed.
    /// </summary>
    [Theory]
    [InlineData("storage blob metadata", "The portal runs, but")]
    [InlineData("storage blob delete", "could not be deleted")]
    public async Task A_failure_after_the_smoke_test_is_a_warning(
        string step, string message)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", step));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Contains("The portal is at", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_gives_up_after_the_last_attempt()
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "config-zip"), ("FAIL_TEXT", "Forbidden"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(3, _sandbox.Calls.Count(call => call.Contains("config-zip")));
        Assert.Contains("Still refused after 3 attempts", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tin-403.html was not found", true)]
    [InlineData("request 14031 failed", false)]
    [InlineData("AuthorizationPermissionMismatch", true)]
    [InlineData("Forbiddenly slow", false)]
    public async Task Only_authorization_errors_are_retried(string text, bool isWaitedFor)
    {
        await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "config-zip"), ("FAIL_TIMES", "1"), ("FAIL_TEXT", text));

        Assert.Equal(isWaitedFor ? 2 : 1, _sandbox.Calls.Count(call => call.Contains("config-zip")));
    }

    [Fact]
    public async Task A_package_that_fails_its_smoke_test_is_rolled_back_and_not_marked()
    {
        // Nine wrong responses for the new package; the tests of the old package then pass.
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("BROKEN", "9"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(["new package", Sandbox.Packages[^1]], _sandbox.Published);
        Assert.Equal(Sandbox.Packages, _sandbox.Kept.Select(package => package.Name));
        Assert.Contains("failed its smoke test", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_that_never_passed_do_not_count_among_the_five()
    {
        _sandbox.Keep([.. Sandbox.Packages.Select((package, index) => (package, index < 3))]);

        await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"]);

        Assert.Equal(Sandbox.Packages.Take(3), _sandbox.Kept.SkipLast(1).Select(package => package.Name));
        Assert.True(_sandbox.Kept.Last().IsTested);
    }

    /// <summary>
    /// All reads from Azure happen before publishing, so that a failed read does not roll back a good package.
    /// </summary>
    [Theory]
    [InlineData("deployment sub show")]
    [InlineData("storage blob upload")]
    public async Task A_failed_read_stops_the_script_before_publishing(string step)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", step));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(_sandbox.Published);
        Assert.Equal(-1, _sandbox.IndexOf("curl"));
    }

    [Fact]
    public async Task Azure_is_not_called_between_publishing_and_the_smoke_test()
    {
        await _sandbox.RunAsync("deploy.sh", ["prod-frontdoor", "--yes"], "", ("TOKEN", "abc123"));

        var after = _sandbox.Calls.Skip(_sandbox.IndexOf("az functionapp deployment source config-zip") + 1).ToList();
        Assert.All(after.TakeWhile(call => call[0] == "az"), call => Assert.Fail(string.Join(' ', call)));
        Assert.Equal("az storage blob metadata", string.Join(' ', after.First(call => call[0] == "az").Take(4)));
    }

    [Fact]
    public async Task An_empty_output_stops_the_script_before_publishing()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("LACKING", "functionAppName"));

        Assert.Contains(
            "has no output 'functionAppName'; run infra/deploy.sh prod again", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }

    [Fact]
    public async Task A_workflow_gets_the_addresses_as_outputs()
    {
        var file = Path.Combine(_sandbox.Folder("github"), "output");

        await _sandbox.RunAsync(
            "deploy.sh", ["prod-frontdoor", "--yes"], "", ("TOKEN", "abc123"), ("GITHUB_OUTPUT", file));

        Assert.Equal(
            "endpoint=https://endpoint.example.vn\naddress=https://phucthuan.example.vn\n",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }


    [Fact]
    public async Task The_dns_records_of_a_domain_are_printed()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod-frontdoor", "--yes"], "", ("TOKEN", "abc123"));

        Assert.Contains("TXT _dnsauth.phucthuan.example.vn = abc123", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            Path.Combine(Repository.Infra, "params", "prod-frontdoor.bicepparam"),
            _sandbox.Calls[_sandbox.IndexOf("az deployment sub create")]);
    }

    [Theory]
    [InlineData("3", true)]
    [InlineData("100", false)]
    public async Task A_new_front_door_is_awaited_before_the_smoke_test(
        string away, bool comes)
    {
        // One request before publishing, three after.
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod-frontdoor", "--yes"], "", ("TOKEN", "abc123"), ("AWAY", away),
            ("BROKEN", comes ? "0" : "100"));

        Assert.Equal(comes, run.ExitCode == 0);
        Assert.Contains("Front Door does not respond yet, retrying (2 of 3)", run.Output, StringComparison.Ordinal);
        Assert.Equal(!comes, run.Output.Contains("(3 of 3)", StringComparison.Ordinal));
        Assert.Contains("= abc123", run.Output, StringComparison.Ordinal);
        Assert.Equal(comes ? ["new package"] : ["new package", Sandbox.Packages[^1]], _sandbox.Published);
    }

    [Fact]
    public async Task Behind_an_existing_front_door_a_broken_package_is_rolled_back_at_once()
    {
        var run =
            await _sandbox.RunAsync("deploy.sh", ["prod-frontdoor", "--yes"], "", ("TOKEN", "abc123"), ("BROKEN", "9"));

        Assert.DoesNotContain("retrying", run.Output, StringComparison.Ordinal);
        Assert.Equal(["new package", Sandbox.Packages[^1]], _sandbox.Published);
    }

    [Fact]
    public async Task A_build_without_the_worker_is_not_published()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("WORKER", "no"));

        Assert.Contains("no worker.config.json", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Published);
    }
}
