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
    public async Task A_group_without_our_tags_is_left_alone()
    {
        var run = await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"], "", ("GROUP_TAGS", "/"));

        Assert.Contains("does not carry our tags", run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az group delete"));
    }

    [Fact]
    public async Task A_group_with_somebody_elses_resource_is_left_alone()
    {
        var run = await _sandbox.RunAsync("teardown.sh", ["dev", "--yes"], "", ("FOREIGN", "their-database"));

        Assert.Contains("their-database", run.Errors, StringComparison.Ordinal);
        Assert.False(_sandbox.WasCalled("az group delete"));
    }

    [Theory]
    [InlineData("yes", false)]
    [InlineData("", false)]
    [InlineData("rg-phucthuan-prod", true)]
    public async Task Production_is_deleted_only_when_its_name_is_typed(string answer, bool deleted)
    {
        await _sandbox.RunAsync("teardown.sh", ["prod", "--yes"], answer + "\n", ("GROUP_TAGS", "phucthuan/prod"));

        Assert.Equal(deleted, _sandbox.WasCalled("az group delete"));
        Assert.Equal(deleted, _sandbox.WasCalled("az lock delete"));
    }

    [Fact]
    public async Task A_trial_is_not_deleted_unasked()
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
