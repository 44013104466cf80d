using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PhucThuan.Tests;

/// <summary>
/// <c>infra/check.sh</c> on the sample site, and on a page without anything that the rules expect.
/// </summary>
public sealed class ConformityReportTests(BrowserFixture browser) : IDisposable
{
    /// <summary>Rules about load times, which depend on the machine.</summary>
    private static readonly string[] MachineDependent = ["first-content", "largest-content", "full-page"];

    private static readonly string Script = Path.Combine(BrowserPackages.TestFolder, "../../infra/check.sh");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phucthuan-conformity-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_sample_site_meets_all_rules_that_a_laptop_can_meet()
    {
        var (exitCode, report) = await CheckAsync(browser.Address);

        Assert.Equal(1, exitCode);
        Assert.Equal(["https"], IdsOf(report, "unmet").Except(MachineDependent));
        Assert.Equal(["domain", "ipv6"], IdsOf(report, "unknown"));
        Assert.Equal(["data-location", "measuring-tag"], IdsOf(report, "person"));
        Assert.All(report.GetProperty("results").EnumerateArray(), rule => Assert.All(
            ["title", "expected", "evidence", "source", "date"],
            property => Assert.NotEqual("", rule.GetProperty(property).GetString())));

        var html = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "bao-cao.html"), Cancellation);
        Assert.Contains("<html lang=\"vi\">", html, StringComparison.Ordinal);
        Assert.Contains("mong đợi", html, StringComparison.Ordinal);
        Assert.DoesNotContain("hợp pháp", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("đúng luật", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_bare_page_meets_few_rules_and_each_result_has_evidence()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var site = builder.Build();
        site.MapGet("/", (HttpContext context) =>
        {
            context.Response.Cookies.Append("theo-doi", "1");
            return Results.Content(
                "<body style='width:900px'><img src=/khong-co><main><h2><a href=/bai-viet/mot>Bài một</a></h2><a"
                    + " href=/hong>x</a></main>", "text/html");
        });
        site.MapGet("/bai-viet/mot", () => Results.Content("<main><h1>Bài một</h1></main>", "text/html"));
        await site.StartAsync(Cancellation);

        var (exitCode, report) = await CheckAsync(new Uri(site.Urls.First()));

        Assert.Equal(1, exitCode);
        Assert.Superset(
            new HashSet<string>
            {
                "https",
                "headers",
                "cookies",
                "accessibility",
                "feed",
                "site-map",
                "statistics",
                "contact",
                "date",
                "metadata",
                "mobile",
                "links",
            },
            IdsOf(report, "unmet").ToHashSet());
    }

    private static IEnumerable<string> IdsOf(JsonElement report, string result) => report.GetProperty("results")
        .EnumerateArray()
        .Where(rule => rule.GetProperty("result").GetString() == result)
        .Select(rule => rule.GetProperty("id").GetString()!)
        .Order(StringComparer.Ordinal);

    private async Task<(int ExitCode, JsonElement Report)> CheckAsync(Uri address)
    {
        var start = new ProcessStartInfo("bash", [Script, address.ToString(), _folder.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CHROMIUM"] = Chromium.Locate() },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode is 0 or 1, await output + await errors);
        var json = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "bao-cao.json"), Cancellation);
        using var report = JsonDocument.Parse(json);
        return (process.ExitCode, report.RootElement.Clone());
    }
}
