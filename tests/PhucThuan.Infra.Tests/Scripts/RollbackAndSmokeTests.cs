namespace PhucThuan.Infra.Tests.Scripts;

public sealed class RollbackAndSmokeTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Going_back_publishes_the_package_before_the_last()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(Sandbox.Packages[^2] + "\n", _sandbox.Read("published"));
        Assert.True(_sandbox.IndexOf("curl") > _sandbox.IndexOf("az functionapp deployment source config-zip"));
    }

    [Fact]
    public async Task What_was_gone_back_from_is_not_gone_back_to()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"]);
        await _sandbox.RunAsync("rollback.sh", ["prod", "--to", "latest"]);

        Assert.Equal($"{Sandbox.Packages[^2]}\n{Sandbox.Packages[^2]}\n", _sandbox.Read("published"));
        Assert.Equal(Sandbox.Packages.SkipLast(1), _sandbox.Read("packages").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_package_that_does_not_work_either_costs_no_other()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("BROKEN", "100"));

        Assert.Equal(Sandbox.Packages, _sandbox.Read("packages").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("rollback.sh")]
    [InlineData("teardown.sh")]
    [InlineData("deploy.sh")]
    public async Task Two_sets_are_not_guessed_at(string script)
    {
        var run = await _sandbox.RunAsync(script, ["dev", "prod"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("One set of parameters at a time", run.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Calls);
    }

    [Fact]
    public async Task A_package_may_be_named()
    {
        await _sandbox.RunAsync("rollback.sh", ["prod", "--to", Sandbox.Packages[0]]);

        Assert.Equal(Sandbox.Packages[0] + "\n", _sandbox.Read("published"));
    }

    [Fact]
    public async Task A_package_that_is_not_kept_is_refused_with_the_names_of_those_that_are()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod", "--to", "portal.*"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(Sandbox.Packages[2], run.Errors, StringComparison.Ordinal);
        Assert.Equal("", _sandbox.Read("published"));
    }

    [Fact]
    public async Task The_kept_packages_are_listed_and_nothing_is_done()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod", "--list"]);

        Assert.Equal(string.Join('\n', Sandbox.Packages) + "\n", run.Output);
        Assert.Equal("", _sandbox.Read("published"));
    }

    [Fact]
    public async Task Going_back_to_what_does_not_work_is_told()
    {
        var run = await _sandbox.RunAsync("rollback.sh", ["prod"], "", ("BROKEN", "100"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("does not work either", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_is_well_passes_and_is_asked_by_reading_alone()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn/"]);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("GET https://portal.example.vn/api/visits\n", _sandbox.Read("asked"), StringComparison.Ordinal);
        Assert.DoesNotContain("POST https://portal.example.vn/api/visits", _sandbox.Read("asked"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_is_starting_is_asked_again()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn"], "", ("BROKEN", "1"));

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task Every_wrong_answer_is_named()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["https://portal.example.vn"], "", ("BROKEN", "4"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("WRONG GET /: wanted 200", run.Output, StringComparison.Ordinal);
        Assert.Contains("WRONG GET /thong-ke: wanted 200", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 answers were wrong", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_address_is_refused()
    {
        var run = await _sandbox.RunAsync("smoke.sh", ["prod"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("'prod' is no address", run.Errors, StringComparison.Ordinal);
    }
}
