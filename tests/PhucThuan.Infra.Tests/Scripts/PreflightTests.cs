namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>Tests of the checks that deploy.sh makes before it changes anything.</summary>
public sealed class PreflightTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("ERROR: Not Found({\"error\":{\"code\":\"ResourceGroupNotFound\"}})")]
    [InlineData("ERROR: Not Found({\"error\":{\"code\":\"404\"}})")]
    public async Task A_new_budget_starts_this_month(string answer)
    {
        await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "/budgets/"), ("FAIL_TEXT", answer));

        Assert.Matches("^20[0-9]{2}-[01][0-9]-01\n$", _sandbox.Read("budget"));
    }

    [Theory]
    [InlineData("ERROR: Too Many Requests({})", "2026-09-01T00:00:00Z")]
    [InlineData("", "None")]
    [InlineData("", "")]
    public async Task A_budget_start_that_cannot_be_read_is_not_guessed(string error, string answer)
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", error.Length > 0 ? "/budgets/" : null),
            ("FAIL_TEXT", error), ("BUDGET", answer));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Matches(
            "The start of budget-phucthuan-prod could not be read|budget-phucthuan-prod starts on", run.Errors);
        Assert.False(_sandbox.WasCalled("az deployment sub validate"));
    }

    [Theory]
    [InlineData("ALERT_EMAIL", "", "Set the variable ALERT_EMAIL")]
    [InlineData("EDITORS_GROUP_ID", "", "Set the variable EDITORS_GROUP_ID")]
    [InlineData("AZURE_LOCATION", "marsnorth", "not available in 'marsnorth'")]
    [InlineData("AZURE_LOCATION", "Southeast Asia", "short name of a region, such as southeastasia")]
    [InlineData("AZ_VERSION", "2.75.9", "az is version 2.75.9; 2.76.0 or newer is needed")]
    [InlineData("MAY_NOT", "roleAssignments", "ops@phucthuan.example.vn may not write roleAssignments")]
    [InlineData("MAY_NOT", "locks", "Contributor with User Access Administrator")]
    [InlineData(
        "TYPES",
        "Microsoft.Web/sites\nmicrosoft.cdn/profiles",
        "has a Front Door, and prod would make the app reachable without it")]
    [InlineData(
        "TYPES", "Microsoft.Network/privateEndpoints", "on a private network, and prod would make its storage public")]
    public async Task A_missing_variable_is_reported_before_azure_is_called(
        string variable, string value, string message)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", (variable, value));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az deployment sub validate"));
    }

    [Theory]
    [InlineData("prod", "ALERT_EMAIL", "ops.phucthuan.example.vn", "one email address")]
    [InlineData("prod", "ALERT_EMAIL", "a@example.vn;b@example.vn", "one email address")]
    [InlineData("prod", "EDITORS_GROUP_ID", "Editors of the portal", "the group's object id")]
    [InlineData("dev", "EDITORS_GROUP_ID", "11111111-1111-1111-1111-11111111111", "the group's object id")]
    [InlineData("prod-frontdoor", "CUSTOM_DOMAIN", "https://phucthuan.example.vn", "without https://")]
    [InlineData("prod-frontdoor", "CUSTOM_DOMAIN", "phucthuan.example.vn/", "without https://")]
    [InlineData("prod-frontdoor", "CUSTOM_DOMAIN", "phucthuan", "a domain in lower case")]
    [InlineData("prod-private", "ALLOWED_ADDRESSES", "203.0.113.4;198.51.100.7", "203.0.113.4;198.51.100.7")]
    [InlineData("prod-private", "ALLOWED_ADDRESSES", "203.0.113.4, 203.0.113.256", "'203.0.113.256'")]
    [InlineData("prod-private", "ALLOWED_ADDRESSES", "203.0.113.4/32", "ranges up to /30")]
    [InlineData("prod-private", "ALLOWED_ADDRESSES", "2001:db8::1", "public IPv4 addresses")]
    [InlineData("prod-private", "ALLOWED_ADDRESSES", "192.168.1.4", "which is private")]
    public async Task An_invalid_value_is_reported_with_the_expected_format(
        string set, string variable, string value, string wanted)
    {
        var run = await _sandbox.RunAsync("deploy.sh", [set, "--yes"], "", (variable, value));

        Assert.Contains($"Error: {variable} ", run.Errors, StringComparison.Ordinal);
        Assert.Contains(wanted, run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az deployment sub validate"));
    }

    [Theory]
    [InlineData("dev", "EDITORS_GROUP_ID", "")]
    [InlineData("dev", "CUSTOM_DOMAIN", "https://not-read-by-this-set")]
    [InlineData("prod-private", "ALLOWED_ADDRESSES", "203.0.113.4, 198.51.100.0/24 ,")]
    [InlineData("prod-private", "RUNNER_ENVIRONMENT", "self-hosted")]
    [InlineData("prod", "RUNNER_ENVIRONMENT", "github-hosted")]
    public async Task A_valid_value_is_accepted(string set, string variable, string value)
    {
        // Variables that the set needs and the case does not set.
        var run = await _sandbox.RunAsync(
            "deploy.sh", [set, "--yes"], "", ("ALLOWED_ADDRESSES", "203.0.113.4"), (variable, value));

        Assert.True(run.ExitCode == 0, run.Errors);
    }

    [Fact]
    public async Task A_github_runner_may_only_run_what_if_for_private_storage()
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod-private", "--yes"], "", ("ALLOWED_ADDRESSES", "203.0.113.4"),
            ("RUNNER_ENVIRONMENT", "github-hosted"));

        Assert.Contains("A GitHub-hosted runner cannot deploy", run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az deployment"));

        var look = await _sandbox.RunAsync(
            "deploy.sh", ["prod-private", "--what-if"], "", ("ALLOWED_ADDRESSES", "203.0.113.4"),
            ("RUNNER_ENVIRONMENT", "github-hosted"));
        Assert.True(look.ExitCode == 0, look.Errors);
    }

    /// <summary>The stub lists eastasia without zones.</summary>
    [Theory]
    [InlineData("commune", true)]
    [InlineData("prod", false)]
    public async Task A_region_must_have_zones_when_the_set_requires_them(string set, bool isTaken)
    {
        var run = await _sandbox.RunAsync("deploy.sh", [set, "--what-if"], "", ("AZURE_LOCATION", "eastasia"));

        Assert.Equal(isTaken, run.ExitCode == 0);
        Assert.Equal(!isTaken, run.Errors.Contains("not available in 'eastasia' with zones", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("8.0\n10", true)]
    [InlineData("8.0\n9.0", false)]
    public async Task A_region_must_offer_the_dotnet_version(string runtimes, bool isTaken)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--what-if"], "", ("RUNTIMES", runtimes));

        Assert.Equal(isTaken, run.ExitCode == 0);
        Assert.Equal(
            !isTaken,
            run.Errors.Contains("has no .NET 10 in 'southeastasia'; it has: 8.0 9.0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("prod-frontdoor", "Microsoft.Cdn/profiles")]
    [InlineData("prod-private", "Microsoft.Network/privateEndpoints")]
    public async Task A_set_may_be_deployed_over_itself(string set, string types)
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", [set, "--what-if"], "", ("TYPES", types), ("ALLOWED_ADDRESSES", "203.0.113.4"));

        Assert.True(run.ExitCode == 0, run.Errors);
    }

    [Theory]
    [InlineData("AZ_VERSION", "2.76.0")]
    [InlineData("AZ_VERSION", "2.100.0")]
    [InlineData("MAY_NOT", "locks")]
    public async Task Variables_of_other_sets_are_not_required(string variable, string value)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["dev", "--yes"], "", (variable, value));

        Assert.True(run.ExitCode == 0, run.Errors);
    }

    [Fact]
    public async Task Without_a_login_the_command_for_it_is_printed()
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "account show"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("az login", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_resource_providers_are_registered()
    {
        await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("PROVIDERS", "Microsoft.App Microsoft.Web2"), ("BUILD_FAILS", "1"));

        Assert.True(_sandbox.IndexOf("az provider register --namespace Microsoft.Web --wait") is var registered and > 0
            && registered < _sandbox.IndexOf("az deployment sub validate"));
    }
}
