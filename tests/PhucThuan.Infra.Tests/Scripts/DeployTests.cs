namespace PhucThuan.Infra.Tests.Scripts;

public sealed class DeployTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task What_is_needed_is_looked_at_then_validated_shown_made_published_and_asked_for_in_this_order()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        var steps = new[]
        {
            "az account show", "az functionapp list-flexconsumption-locations", "az role assignment list", "az provider list",
            "az deployment sub validate", "az deployment sub what-if", "az deployment sub create",
            "dotnet FunctionsWorker=true publish", "zip", "az functionapp deployment source config-zip", "curl", "az storage blob upload",
        };
        var positions = steps.Select(_sandbox.IndexOf).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
        Assert.Contains("https://phucthuan.example.vn", run.Output, StringComparison.Ordinal);
    }

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
    public async Task With_yes_typed_it_is_made()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod"], "yes\n");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(_sandbox.WasCalled("az deployment sub create"));
    }

    [Fact]
    public async Task A_look_changes_nothing()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--what-if"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("what-if", _sandbox.Calls[^1][3]);
        Assert.Single(_sandbox.Calls, call => call is [_, "deployment", ..]);
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
        // The new package's eight answers are wrong at both attempts; then the old one is asked.
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("BROKEN", "16"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(["new package", Sandbox.Packages[^1]], _sandbox.Read("published").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(Sandbox.Packages, _sandbox.Read("packages").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("failed its smoke test", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_five_packages_are_kept()
    {
        await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"]);

        var kept = _sandbox.Read("packages").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, kept.Length);
        Assert.Equal(Sandbox.Packages.Skip(1), kept.Take(4));
    }

    [Theory]
    [InlineData("2026-09-01T00:00:00Z", "2026-09-01")]
    [InlineData("2026-10-01", "2026-10-01")]
    public async Task The_budget_keeps_the_day_it_began_on(string asked, string passed)
    {
        await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("BUDGET", asked));

        Assert.Equal(passed + "\n", _sandbox.Read("budget"));
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
    [InlineData("ROLES", "Contributor", "may not assign roles")]
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
        await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("PROVIDERS", "Microsoft.App Microsoft.Web2"));

        Assert.True(_sandbox.IndexOf("az provider register --namespace Microsoft.Web --wait") is var registered and > 0
            && registered < _sandbox.IndexOf("az deployment sub validate"));
    }

    [Fact]
    public async Task A_domain_gets_its_records_told()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod-frontdoor", "--yes"], "", ("TOKEN", "abc123"));

        Assert.Contains("TXT _dnsauth.phucthuan.example.vn = abc123", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_set_of_parameters_is_passed_as_it_is_named()
    {
        await _sandbox.RunAsync("deploy.sh", ["prod-private", "--yes"]);

        Assert.Contains(
            Path.Combine(Repository.Infra, "params", "prod-private.bicepparam"),
            _sandbox.Calls[_sandbox.IndexOf("az deployment sub create")]);
    }
}
