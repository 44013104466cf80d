namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>deploy.sh when all is well and yes is typed: one run, looked at from all sides.</summary>
public sealed class DeployedTests : IClassFixture<DeployedTests.WholeRun>
{
    private readonly WholeRun _deployment;

    public DeployedTests(WholeRun deployment)
    {
        Sandbox.SkipUnlessScriptsRun();
        _deployment = deployment;
    }

    [Fact]
    public void What_is_needed_is_looked_at_then_validated_shown_made_published_and_asked_for_in_this_order()
    {
        Assert.True(_deployment.Run.ExitCode == 0, _deployment.Run.Errors);
        var steps = new[]
        {
            "az account show", "az functionapp list-flexconsumption-locations", "az rest", "az provider list",
            "az deployment sub validate", "az deployment sub what-if", "az deployment sub create",
            "dotnet FunctionsWorker=true publish", "zip", "az functionapp deployment source config-zip", "curl", "az storage blob upload",
        };
        var positions = steps.Select(_deployment.Sandbox.IndexOf).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public void The_subscription_is_named_before_it_is_changed_and_the_address_after() => Assert.Matches(
        "(?s)Subscription: Xã \"Phúc Thuận\" trial.*The portal is at https://phucthuan\\.example\\.vn\n", _deployment.Run.Output);

    [Fact]
    public void The_last_five_packages_are_kept()
    {
        var kept = _deployment.Sandbox.Read("packages").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(5, kept.Length);
        Assert.Equal(Sandbox.Packages.Skip(1), kept.Take(4));
    }

    [Fact]
    public void The_budget_keeps_the_day_it_began_on()
    {
        Assert.Contains(_deployment.Sandbox.Calls, call => call is [_, "consumption", "budget", "show", ..] && call.Contains("budget-phucthuan-prod"));
        Assert.Equal("2026-09-01\n", _deployment.Sandbox.Read("budget"));
    }

    [Fact]
    public void The_parameters_and_the_region_are_passed()
    {
        var call = _deployment.Sandbox.Calls[_deployment.Sandbox.IndexOf("az deployment sub create")];

        Assert.Contains(Path.Combine(Repository.Infra, "params", "prod.bicepparam"), call);
        Assert.Contains("location=southeastasia", call);
        Assert.Contains("phucthuan-prod", call);
    }

    public sealed class WholeRun : IAsyncLifetime
    {
        internal Sandbox Sandbox { get; } = new();

        internal ProgramRun Run { get; private set; } = new(-1, "", "");

        public async ValueTask InitializeAsync()
        {
            // Elsewhere nothing is run, and each test skips itself.
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
