namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>deploy.sh when something is in its way.</summary>
public sealed class DeployTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("no")]
    [InlineData("")]
    [InlineData("y")]
    public async Task Without_a_whole_yes_nothing_is_made(string answer)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod"], answer + "\n");

        Assert.NotEqual(0, run.ExitCode);
        Assert.True(_sandbox.WasCalled("az deployment sub what-if"));
        Assert.False(_sandbox.WasCalled("az deployment sub create"));
        Assert.Contains("Nothing was changed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_changes_nothing()
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
    public async Task A_step_that_fails_is_the_last(string step)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", step), ("FAIL_TEXT", "ERROR: InvalidTemplate"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("InvalidTemplate", run.Errors, StringComparison.Ordinal);
        Assert.StartsWith("az " + step, string.Join(' ', _sandbox.Calls[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_fails_publishes_nothing()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("BUILD_FAILS", "1"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal("", _sandbox.Read("published"));
    }

    [Fact]
    public async Task Publishing_waits_for_fresh_roles()
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "config-zip"), ("FAIL_TIMES", "2"), ("FAIL_TEXT", "Status 403 (Forbidden)"));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(3, _sandbox.Calls.Count(call => call.Contains("config-zip")));
        Assert.Contains("roles are still on their way", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_does_not_wait_for_ever()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "config-zip"), ("FAIL_TEXT", "Forbidden"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(3, _sandbox.Calls.Count(call => call.Contains("config-zip")));
        Assert.Contains("Still refused after 3 attempts", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_fails_its_smoke_test_is_rolled_back_and_not_kept()
    {
        // The new package's nine answers are wrong at both attempts; then the old one is asked.
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("BROKEN", "18"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(["new package", Sandbox.Packages[^1]], _sandbox.Read("published").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(Sandbox.Packages, _sandbox.Read("packages").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("failed its smoke test", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_that_is_new_begins_with_this_month()
    {
        await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "budget show"));

        Assert.Matches("^20[0-9]{2}-[01][0-9]-01\n$", _sandbox.Read("budget"));
    }

    [Theory]
    [InlineData("ALERT_EMAIL", "", "Set the variable ALERT_EMAIL")]
    [InlineData("EDITORS_GROUP_ID", "", "Set the variable EDITORS_GROUP_ID")]
    [InlineData("AZURE_LOCATION", "marsnorth", "not offered in 'marsnorth'")]
    [InlineData("MAY_ASSIGN", "0", "ops@phucthuan.example.vn may not assign roles")]
    public async Task What_is_missing_is_named_before_anything_is_asked_of_azure(string variable, string value, string message)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", (variable, value));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az deployment sub validate"));
    }

    [Fact]
    public async Task Who_is_not_logged_in_is_told_how()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "account show"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("az login", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_that_the_subscription_lacks_are_registered()
    {
        await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("PROVIDERS", "Microsoft.App Microsoft.Web2"), ("BUILD_FAILS", "1"));

        Assert.True(_sandbox.IndexOf("az provider register --namespace Microsoft.Web --wait") is var registered and > 0
            && registered < _sandbox.IndexOf("az deployment sub validate"));
    }

    [Fact]
    public async Task A_domain_gets_its_records_told()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod-frontdoor", "--yes"], "", ("TOKEN", "abc123"));

        Assert.Contains("TXT _dnsauth.phucthuan.example.vn = abc123", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            Path.Combine(Repository.Infra, "params", "prod-frontdoor.bicepparam"),
            _sandbox.Calls[_sandbox.IndexOf("az deployment sub create")]);
    }

    [Theory]
    [InlineData("2", true)]
    [InlineData("100", false)]
    public async Task A_new_front_door_is_waited_for_before_the_package_is_judged_and_its_records_are_told_all_the_same(string broken, bool comes)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod-frontdoor", "--yes"], "", ("TOKEN", "abc123"), ("BROKEN", broken));

        Assert.Equal(comes, run.ExitCode == 0);
        Assert.Contains("Front Door does not answer yet, asking again (2 of 3)", run.Output, StringComparison.Ordinal);
        Assert.Contains("= abc123", run.Output, StringComparison.Ordinal);
        Assert.Equal(comes ? ["new package"] : ["new package", Sandbox.Packages[^1]], _sandbox.Read("published").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
