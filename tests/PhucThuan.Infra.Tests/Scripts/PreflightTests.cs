namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>deploy.sh before it changes anything: what it looks at, and what it refuses.</summary>
public sealed class PreflightTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("ERROR: Not Found({\"error\":{\"code\":\"ResourceGroupNotFound\"}})")]
    [InlineData("ERROR: Not Found({\"error\":{\"code\":\"404\"}})")]
    public async Task A_budget_that_is_new_begins_with_this_month(string answer)
    {
        await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", "/budgets/"), ("FAIL_TEXT", answer));

        Assert.Matches("^20[0-9]{2}-[01][0-9]-01\n$", _sandbox.Read("budget"));
    }

    [Theory]
    [InlineData("ERROR: Too Many Requests({})", "2026-09-01T00:00:00Z")]
    [InlineData("", "None")]
    [InlineData("", "")]
    public async Task A_budget_whose_beginning_is_not_told_is_not_guessed_at(string error, string answer)
    {
        var run = await _sandbox.RunAsync(
            "deploy.sh", ["prod", "--yes"], "", ("FAIL_ON", error.Length > 0 ? "/budgets/" : null), ("FAIL_TEXT", error), ("BUDGET", answer));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("budget-phucthuan-prod began", run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az deployment sub validate"));
    }

    [Theory]
    [InlineData("ALERT_EMAIL", "", "Set the variable ALERT_EMAIL")]
    [InlineData("EDITORS_GROUP_ID", "", "Set the variable EDITORS_GROUP_ID")]
    [InlineData("AZURE_LOCATION", "marsnorth", "not offered in 'marsnorth'")]
    [InlineData("AZURE_LOCATION", "Southeast Asia", "short name, such as southeastasia")]
    [InlineData("AZ_VERSION", "2.75.9", "az is version 2.75.9; 2.76.0 or newer is needed")]
    [InlineData("MAY_NOT", "roleAssignments", "ops@phucthuan.example.vn may not write roleAssignments")]
    [InlineData("MAY_NOT", "locks", "Contributor with User Access Administrator")]
    [InlineData("TYPES", "Microsoft.Web/sites\nmicrosoft.cdn/profiles", "has a Front Door, and prod would open the app beside it")]
    [InlineData("TYPES", "Microsoft.Network/privateEndpoints", "on a private network, and prod would open its storage")]
    public async Task What_is_missing_is_named_before_anything_is_asked_of_azure(string variable, string value, string message)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["prod", "--yes"], "", (variable, value));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az deployment sub validate"));
    }

    [Theory]
    [InlineData("prod-frontdoor", "Microsoft.Cdn/profiles")]
    [InlineData("prod-private", "Microsoft.Network/privateEndpoints")]
    public async Task A_set_is_deployed_over_what_it_made_itself(string set, string types)
    {
        var run = await _sandbox.RunAsync("deploy.sh", [set, "--what-if"], "", ("TYPES", types));

        Assert.True(run.ExitCode == 0, run.Errors);
    }

    [Theory]
    [InlineData("AZ_VERSION", "2.76.0")]
    [InlineData("AZ_VERSION", "2.100.0")]
    [InlineData("MAY_NOT", "locks")]
    public async Task What_is_not_needed_is_not_asked_for(string variable, string value)
    {
        var run = await _sandbox.RunAsync("deploy.sh", ["dev", "--yes"], "", (variable, value));

        Assert.True(run.ExitCode == 0, run.Errors);
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
}
