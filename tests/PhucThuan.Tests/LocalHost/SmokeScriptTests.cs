using System.Diagnostics;

namespace PhucThuan.Tests.LocalHost;

/// <summary>Runs infra/smoke.sh on the portal; the infra tests run it on a stub.</summary>
public sealed class SmokeScriptTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task The_smoke_test_passes_on_the_portal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The scripts for ops are bash.");
        var start = new ProcessStartInfo(
            "bash",
            [Path.Combine(AppContext.BaseDirectory, "infra", "smoke.sh"), portal.Client.BaseAddress!.ToString()])
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
