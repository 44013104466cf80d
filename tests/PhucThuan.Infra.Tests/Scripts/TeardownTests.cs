namespace PhucThuan.Infra.Tests.Scripts;

public sealed class TeardownTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_trial_is_deleted_after_its_locks()
    {
        var run = await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(_sandbox.IndexOf("az lock delete") is var unlocked and > 0
            && unlocked < _sandbox.IndexOf("az group delete --name rg-phucthuan-dev"));
    }

    [Fact]
    public async Task A_group_without_our_tags_is_not_deleted()
    {
        var run = await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"], "", ("GROUP_TAGS", "/"));

        Assert.Contains("The tags of", run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az group delete"));
    }

    [Theory]
    [InlineData("Microsoft.Sql/servers\ttheir-database\t")]
    [InlineData("Microsoft.Sql/servers\ttheir-database\tother-project")]
    [InlineData("Microsoft.Insights/actionGroups\ttheir-database\t")]
    [InlineData("Microsoft.Compute/virtualMachines\ttheir-database\t\nMicrosoft.Web/sites\tfunc\tphucthuan")]
    [InlineData("Microsoft.Network/networkInterfaces\ttheir-database\t")]
    [InlineData("Microsoft.Network/networkInterfaces\ttheir-database-nic\t")]
    [InlineData(
        "Microsoft.Network/networkInterfaces\ttheir-database-nic\t\nMicrosoft.Network/privateEndpoints\t"
            + "pe-data-blob\tphucthuan")]
    public async Task A_group_with_a_foreign_resource_is_not_deleted(string resources)
    {
        var run = await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"], "", ("RESOURCES", resources));

        Assert.Contains("move them away first: their-database", run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az group delete"));
    }

    [Theory]
    [InlineData("microsoft.alertsmanagement/smartDetectorAlertRules\tFailure Anomalies - appi-phucthuan-dev\t")]
    [InlineData("microsoft.insights/actiongroups\tApplication Insights Smart Detection\t")]
    [InlineData("Microsoft.Insights/actionGroups\tApplication Insights Smart Detection\t")]
    [InlineData(
        "Microsoft.Network/privateEndpoints\tpe-data-blob\tphucthuan\nmicrosoft.network/networkinterfaces\t"
            + "pe-data-blob-nic\t")]
    public async Task Resources_that_azure_created_are_deleted_too(string resources)
    {
        var run = await _sandbox.RunAsync(
            "teardown.sh", ["dev", "--yes"], "", ("RESOURCES", "Microsoft.Web/sites\tfunc\tphucthuan\n" + resources));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("az group delete --name rg-phucthuan-dev --yes", _sandbox.Call("az group delete"));
    }

    /// <summary>State after an earlier run that was interrupted before the group was deleted.</summary>
    [Fact]
    public async Task An_empty_group_of_ours_is_deleted()
    {
        var run = await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"], "", ("RESOURCES", ""), ("WORKSPACES", ""));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(_sandbox.WasCalled("az group delete"));
        Assert.False(_sandbox.WasCalled("az monitor"));
    }

    [Fact]
    public async Task Logs_are_purged_before_the_group_to_free_their_name()
    {
        await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"]);

        Assert.Equal(
            "az monitor log-analytics workspace delete --resource-group rg-phucthuan-dev --workspace-name "
                + "log-phucthuan-dev --force --yes",
            _sandbox.Call("az monitor"));
        Assert.True(_sandbox.IndexOf("az monitor") < _sandbox.IndexOf("az group delete"));
    }

    [Fact]
    public async Task Every_resource_of_the_group_is_checked_for_its_tag()
    {
        await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"]);

        const string Answer = """
            [
              {"type": "a/b", "name": "one", "tags": {"project": "phucthuan"}, "location": "global"},
              {"type": "a/b", "name": "two", "tags": null},
              {"type": "a/b", "name": "three", "tags": {"owner": "x"}}
            ]
            """;
        var listing = _sandbox.Calls.First(call => call is [_, "resource", "list", ..]);
        Assert.Equal(
            [
                "az",
                "resource",
                "list",
                "--resource-group",
                "rg-phucthuan-dev",
                "--query",
                listing[6],
                "--output",
                "tsv"],
            listing);
        Assert.Equal(
            """[["a/b","one","phucthuan"],["a/b","two",""],["a/b","three",""]]""",
            Sandbox.Evaluate(listing[6], Answer));
        Assert.Equal(
            "phucthuan/dev",
            _sandbox.Query("az group show", """{"tags": {"project": "phucthuan", "environment": "dev"}}""")!
                .ToString());
        Assert.Equal("/", _sandbox.Query("az group show", """{"tags": null}""")!.ToString());
    }

    [Theory]
    [InlineData("prod", "yes", false)]
    [InlineData("prod", "", false)]
    [InlineData("prod", "rg-phucthuan-prod", true)]
    [InlineData("commune", "yes", false)]
    [InlineData("commune", "rg-phucthuan-commune", true)]
    public async Task Production_is_deleted_only_after_typing_its_name(string set, string answer, bool deleted)
    {
        await _sandbox.RunAsync("teardown.sh", [set, "--yes"], answer + "\n", ("GROUP_TAGS", "phucthuan/" + set));

        Assert.Equal(deleted, _sandbox.WasCalled("az group delete"));
        Assert.Equal(deleted, _sandbox.WasCalled("az lock delete"));
    }

    [Fact]
    public async Task A_trial_is_not_deleted_without_confirmation()
    {
        await _sandbox.RunAsync("teardown.sh", ["dev"], "no\n");

        Assert.False(_sandbox.WasCalled("az group delete"));
    }

    [Fact]
    public async Task A_second_run_finds_nothing_to_do()
    {
        var run = await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"], "", ("GROUP_EXISTS", "false"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("nothing to delete", run.Output, StringComparison.Ordinal);
    }
}
