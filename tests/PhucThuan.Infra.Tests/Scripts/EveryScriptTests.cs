namespace PhucThuan.Infra.Tests.Scripts;

public sealed class EveryScriptTests
{
    public static TheoryData<string> Commands =>
        [.. Repository.Scripts.Select(script => Path.GetFileName(script)).Where(name => !Repository.IsSourced(name))];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_prints_the_usage_at_any_position_without_calling_azure(string script)
    {
        using var sandbox = new Sandbox();

        var run = await sandbox.RunAsync(script, ["prod", "1", "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"Usage: infra/{script}", run.Output, StringComparison.Ordinal);
        Assert.Empty(sandbox.Calls);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Without_arguments_the_usage_is_printed_as_an_error(string script)
    {
        using var sandbox = new Sandbox();

        var run = await sandbox.RunAsync(script, []);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Usage:", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy.sh")]
    [InlineData("rollback.sh")]
    [InlineData("teardown.sh")]
    public async Task Unknown_sets_and_options_are_refused_with_the_allowed_ones(string script)
    {
        using var sandbox = new Sandbox();

        var unknownSet = await sandbox.RunAsync(script, ["staging"]);
        Assert.NotEqual(0, unknownSet.ExitCode);
        Assert.Contains(
            "'staging' is not a parameter set; allowed are: commune dev prod",
            unknownSet.Errors,
            StringComparison.Ordinal);

        var unknownOption = await sandbox.RunAsync(script, ["prod", "--force"]);
        Assert.Contains("'--force' is not an option", unknownOption.Errors, StringComparison.Ordinal);
        Assert.Empty(sandbox.Calls);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Commands_are_executable(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no executable bit.");
            return;
        }

        Assert.True(File.GetUnixFileMode(Path.Combine(Repository.Infra, script)).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task Shellcheck_reports_nothing()
    {
        Sandbox.SkipUnlessScriptsRun();
        Assert.SkipUnless(
            await HasShellcheckAsync(), "shellcheck is not installed, and apt-get cannot install it here.");

        var stubs =
            Directory.GetFiles(Path.Combine(Repository.Root, "tests", "PhucThuan.Infra.Tests", "Scripts", "stubs"));
        var run = await ProgramRun.RunAsync(
            "shellcheck", [
                "--external-sources", "--severity=style", .. Repository.Scripts, .. stubs], folder: Repository.Root);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    private static async Task<bool> HasShellcheckAsync()
    {
        if (await IsInstalledAsync("shellcheck"))
        {
            return true;
        }

        if (Environment.UserName != "root" || !await IsInstalledAsync("apt-get"))
        {
            return false;
        }

        await ProgramRun.RunAsync("apt-get", ["install", "--yes", "--quiet", "shellcheck"]);
        return await IsInstalledAsync("shellcheck");
    }

    private static async Task<bool> IsInstalledAsync(string program) =>
        (await ProgramRun.RunAsync("sh", ["-c", $"command -v {program}"])).ExitCode == 0;
}
