using System.Diagnostics;

namespace PhucThuan.Tests.LocalHost;

/// <summary>infra/smoke.sh asks the portal itself; its own tests ask a stand-in.</summary>
public sealed class SmokeScriptTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task The_portal_gives_every_answer_that_a_deployment_is_checked_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The scripts for ops are bash.");
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "infra", "smoke.sh"), portal.Client.BaseAddress!.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SMOKE_ATTEMPTS"] = "1" },
        };

        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(script.ExitCode == 0, await output + await errors);
        Assert.EndsWith("All responses are correct.\n", await output, StringComparison.Ordinal);
    }
}
