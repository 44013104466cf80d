namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>Tests of one successful run of deploy.sh.</summary>
public sealed class DeployedTests : IClassFixture<DeployedTests.WholeRun>
{
    private readonly WholeRun _deployment;

    public DeployedTests(WholeRun deployment)
    {
        Sandbox.SkipUnlessScriptsRun();
        _deployment = deployment;
    }

    [Fact]
    public void Steps_run_in_order()
    {
        Assert.True(_deployment.Run.ExitCode == 0, _deployment.Run.Errors);
        var steps = new[]
        {
            "az version", "az account show", "az functionapp list-flexconsumption-locations",
            "az functionapp list-flexconsumption-runtimes", "az group exists", "az rest", "az provider list",
            "az deployment sub validate", "az deployment sub what-if", "az deployment sub create",
            "dotnet publish", "zip", "az storage blob upload", "az functionapp deployment source config-zip", "curl",
            "az storage blob metadata update",
        };
        var positions = steps.Select(_deployment.Sandbox.IndexOf).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public void The_subscription_is_printed_before_and_the_address_after_the_change() => Assert.Matches(
        "(?s)Subscription: Xã \"Phúc Thuận\" trial.*The portal is at https://endpoint\\.example\\.vn\n",
        _deployment.Run.Output);

    [Fact]
    public void The_last_five_packages_are_kept()
    {
        Assert.Equal(5, _deployment.Sandbox.Kept.Count());
        Assert.Equal(Sandbox.Packages.Skip(1), _deployment.Sandbox.Kept.Take(4).Select(package => package.Name));
        Assert.All(_deployment.Sandbox.Kept, package => Assert.True(package.IsTested));
    }

    [Fact]
    public void The_budget_keeps_its_start_date()
    {
        Assert.Contains(_deployment.Sandbox.Calls, call => call.Contains(
            "/subscriptions/{subscriptionId}/resourceGroups/rg-phucthuan-prod/providers/Microsoft.Consumption/"
                + "budgets/budget-phucthuan-prod?api-version=2023-11-01"));
        Assert.Equal("2026-09-01\n", _deployment.Sandbox.Read("budget"));
    }

    [Fact]
    public void The_package_is_published_and_kept_under_its_time_and_commit()
    {
        Assert.Matches(
            "^az functionapp deployment source config-zip --resource-group rg-phucthuan-prod --name "
                + "func-phucthuan-prod-abc --src /\\S+/package.zip$",
            _deployment.Sandbox.Call("az functionapp deployment source config-zip"));
        Assert.Matches(
            "^az storage blob upload --auth-mode login --account-name hoststorage --container-name packages "
                + "--name portal-20[0-9]{6}T[0-9]{6}Z-[0-9a-z]+\\.zip --file /\\S+/package.zip --metadata "
                + "tested=false --no-progress$",
            _deployment.Sandbox.Call("az storage blob upload"));
    }

    [Fact]
    public void Kept_packages_are_listed_by_name_with_their_test_result()
    {
        const string Answer =
            """
            [
              {"name": "b", "metadata": {"tested": "true"}},
              {"name": "c", "metadata": null},
              {"name": "a", "metadata": {"tested": "false"}}
            ]
            """;

        Assert.Equal(
            """[["a","false"],["b","true"],["c","false"]]""",
            _deployment.Sandbox.Query("az storage blob list", Answer)!.ToJsonString());
        Assert.Contains("--include m ", _deployment.Sandbox.Call("az storage blob list"), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_read_in_order_and_a_missing_one_is_empty()
    {
        var answer =
            """
            {"properties": {"outputs": {
              "publicUrl": {"value": "p"}, "resourceGroupName": {"value": "g"}, "functionAppName": {"value": "f"},
              "hostStorageName": {"value": "h"}, "contentStorageName": {"value": "c"}, "endpointUrl": {"value": "e"}
            }}}
            """;

        Assert.Equal(
            """["g","f","h","c","e","p",""]""",
            _deployment.Sandbox.Query("az deployment sub show", answer)!.ToJsonString());
    }

    [Fact]
    public void The_parameters_and_the_region_are_passed()
    {
        var call = _deployment.Sandbox.Calls[_deployment.Sandbox.IndexOf("az deployment sub create")];

        Assert.Contains(Path.Combine(Repository.Infra, "params", "prod.bicepparam"), call);
        Assert.Contains("location=southeastasia", call);
    }

    /// <summary>The confirmed what-if must match the deployment.</summary>
    [Fact]
    public void Validation_what_if_and_deployment_get_the_same_arguments()
    {
        string Arguments(string step) =>
            _deployment.Sandbox.Call("az deployment sub " + step).Replace(step, "", StringComparison.Ordinal);

        Assert.Equal(Arguments("create"), Arguments("what-if"));
        Assert.Equal(Arguments("create"), Arguments("validate"));
        Assert.Contains("Resource changes: 3 to modify.", _deployment.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_storage_token_is_requested_early_because_a_workflow_login_expires()
    {
        Assert.Equal(
            "az account get-access-token --resource https://storage.azure.com",
            _deployment.Sandbox.Call("az account get-access-token"));
        Assert.True(
            _deployment.Sandbox.IndexOf(
                "az account get-access-token") < _deployment.Sandbox.IndexOf("az deployment sub validate"));
    }

    /// <summary>
    /// Permissions of built-in roles. Contributor excludes both; a second role without locks does not add them.
    /// </summary>
    [Theory]
    [InlineData("""["*"]""", "[]", true, true)]
    [InlineData(
        """["*"]""", """["Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"]""", false, false)]
    [InlineData("""["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"]""", "[]", true, true)]
    [InlineData("""["Microsoft.Authorization/roleAssignments/write", "*/read"]""", "[]", true, false)]
    [InlineData("""["Microsoft.Authorization/locks/*"]""", "[]", false, true)]
    public void Permissions_are_evaluated_as_azure_defines_them(
        string actions, string notActions, bool mayAssign, bool mayLock)
    {
        var answer = $$"""{"value": [{"actions": {{actions}}, "notActions": {{notActions}}}]}""";
        var asked = _deployment.Sandbox.Calls.Where(call =>
            call[^2].Contains("--query", StringComparison.Ordinal)
                && call.Any(word => word.Contains("/permissions?", StringComparison.Ordinal)));
        Assert.Equal(
            [mayAssign ? "1" : "0", mayLock ? "1" : "0"],
            asked.Select(call => Sandbox.Evaluate(call[^1], answer)));
    }

    [Fact]
    public void A_package_is_kept_before_publishing_and_marked_after_the_smoke_test()
    {
        Assert.True(
            _deployment.Sandbox.IndexOf("az storage blob upload") < _deployment.Sandbox.IndexOf(
                "az functionapp deployment source config-zip"));
        Assert.True(
            _deployment.Sandbox.IndexOf("curl") < _deployment.Sandbox.IndexOf("az storage blob metadata update"));
        Assert.Equal(5, _deployment.Sandbox.Kept.Count(package => package.IsTested));
    }

    [Fact]
    public void A_deployment_has_a_unique_name_and_its_outputs_are_read()
    {
        var name = _deployment.Sandbox.Calls[_deployment.Sandbox.IndexOf("az deployment sub create")][5];
        Assert.Matches("^phucthuan-prod-20[0-9]{6}T[0-9]{6}Z$", name);
        Assert.StartsWith(
            $"az deployment sub show --name {name} ",
            _deployment.Sandbox.Call("az deployment sub show"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_project_is_the_function_app() => Assert.Matches(
        "^dotnet publish .*/functions/PhucThuan.Functions --configuration Release --output ",
        _deployment.Sandbox.Call("dotnet"));

    public sealed class WholeRun : IAsyncLifetime
    {
        internal Sandbox Sandbox { get; } = new();

        internal ProgramRun Run { get; private set; } = new(-1, "", "");

        public async ValueTask InitializeAsync()
        {
            // Without bash 4.4 nothing runs, and each test skips itself.
            if (OperatingSystem.IsLinux())
            {
                Run = await Sandbox.RunAsync("deploy.sh", ["prod"], "yes\n");
            }
        }

        public ValueTask DisposeAsync()
        {
            Sandbox.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
