using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using PhucThuan.Portal;
using PhucThuan.Portal.Editors;
using PhucThuan.Portal.Visits.Statistics;
using PhucThuan.Tests.Attacks;
using PhucThuan.Tests.Layout;

namespace PhucThuan.Tests;

/// <summary>Checks each kind of page with the Nu HTML Checker (validator.w3.org).</summary>
[Collection(nameof(AttackedSite))]
public sealed class HtmlCheckerTests(BrowserFixture browser, AttackedSite attacked, DifficultSite difficult)
    : IClassFixture<DifficultSite>
{
    private static readonly string[] PageKinds =
    [
        "/",
        "/bai-viet/lich-tiem-chung-cho-tre-quy-iv-nam-2026",
        "/bai-viet/vu-che-thu-sang-som-tren-nhung-doi-che",
        "/thong-ke",
        MonthEndpoint.PathOf(VietnamTime.DayOf(TimeProvider.System.GetUtcNow())),
        "/chuyen-muc/thong-bao",
        "/so-do-trang",
        "/tim-kiem",
        "/tim-kiem?q=nuoc",
        "/tim-kiem?q=khongcogica",
        "/bai-viet/khong-co",
        "/chuyen-muc",
        "/ve-cong-thong-tin",
        "/doc-ngoai-tuyen",
        "/tim-kiem?q=s%E1%BB%95+%C4%91%E1%BB%8F",
        "/bai-viet/thu-tuc-dang-ky-khai-sinh-cho-tre",
        "/bai-viet/thu-tuc-dang-ky-khai-sin",
    ];

    /// <summary>Lists of articles whose titles and authors are attacks.</summary>
    private static readonly string[] AttackedLists = ["/", "/?trang=2", "/so-do-trang", "/tim-kiem?q=alert"];

    /// <summary>Pages of the site with extreme content, and a removed article.</summary>
    private static readonly string[] DifficultPages =
        ["/", "/?trang=2", "/so-do-trang", DifficultSite.Document, DifficultSite.Gone, "/tim-kiem?q=thong+bao&trang=2"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_page_is_valid_HTML_without_warnings()
    {
        var java = LocateJava();
        Assert.SkipWhen(java is null, "The HTML checker needs Java 17 or newer: install it (Debian:"
            + " default-jre-headless), or name its folder in JAVA_HOME.");
        var checker = await BrowserPackages.LocateAsync("vnu-jar/build/dist/vnu.jar", Cancellation);
        var folder = Directory.CreateTempSubdirectory("phucthuan-html-");
        try
        {
            await SaveAsync(browser.Client, PageKinds, folder.CreateSubdirectory("samples"));
            await SaveAsync(browser.Client, await FindEditorsPagesAsync(), folder.CreateSubdirectory("editors"));
            await SaveAsync(attacked.Client, AttackedLists, folder.CreateSubdirectory("attacked"));
            await SaveAsync(
                difficult.Client,
                [.. DifficultPages, .. DifficultSite.Imports],
                folder.CreateSubdirectory("difficult"));
            await File.WriteAllBytesAsync(
                Path.Combine(folder.FullName, "503.html"),
                await difficult.RenderErrorAsync(503),
                Cancellation);

            var complaints = string.Join('\n', await CheckAsync(java!, checker, folder));
            Assert.True(complaints.Length == 0, complaints);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The editors' desk, with a file that has problems, and a draft.</summary>
    private async Task<string[]> FindEditorsPagesAsync()
    {
        var drafts = browser.Storage.DraftFiles;
        await drafts.UploadBlobAsync(
            "nhap.html",
            BinaryData.FromString("<title>Bài nháp</title><p>Chữ.</p><img src=media/khong-co.jpg>"),
            Cancellation);
        var address = drafts.GetBlobClient(EditorsKey.BlobName);
        await Eventually.AssertAsync(async () => Assert.True(await address.ExistsAsync(Cancellation)));
        var desk = new Uri((await address.DownloadContentAsync(Cancellation)).Value.Content.ToString().Trim());
        var draft = "";
        await Eventually.AssertAsync(async () =>
        {
            var page = await browser.Client.GetStringAsync(desk.AbsolutePath, Cancellation);
            var link = Regex.Match(page, "/ban-nhap/[^\"]+");
            Assert.True(link.Success, "The desk does not list the draft.");
            draft = link.Value;
        });
        return [desk.AbsolutePath, draft];
    }

    private static async Task SaveAsync(HttpClient client, string[] addresses, DirectoryInfo folder)
    {
        foreach (var address in addresses)
        {
            using var response = await client.GetAsync(address, Cancellation);
            var page = await response.Content.ReadAsByteArrayAsync(Cancellation);
            await File.WriteAllBytesAsync(
                Path.Combine(folder.FullName, Uri.EscapeDataString(address) + ".html"),
                page,
                Cancellation);
        }
    }

    private static string? LocateJava() =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home
            ? Path.Combine(home, "bin", OperatingSystem.IsWindows() ? "java.exe" : "java")
            : InstalledPrograms.FindOrInstall(
                OperatingSystem.IsWindows() ? ["java.exe"] : ["java"],
                "default-jre-headless");

    /// <summary>Errors and warnings of all pages, from one run of Java.</summary>
    private static async Task<IEnumerable<string>> CheckAsync(string java, string checker, DirectoryInfo folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo(java)
            {
                ArgumentList =
                {
                    "-Xss4m",
                    "-jar",
                    checker,
                    "--format",
                    "json",
                    "--stdout",
                    "--exit-zero-always",
                    folder.FullName,
                },
                RedirectStandardOutput = true,
            }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);

        using var report = JsonDocument.Parse(output);
        return [.. report.RootElement.GetProperty("messages").EnumerateArray().Where(IsComplaint).Select(Describe)];
    }

    /// <summary>False for information, such as the one about Razor's trailing slash on void elements.</summary>
    private static bool IsComplaint(JsonElement message) =>
        message.GetProperty("type").GetString() != "info" || message.TryGetProperty("subType", out _);

    private static string Describe(JsonElement message)
    {
        var extract = message.TryGetProperty("extract", out var text) ? text.GetString() : "";
        return $"{message.GetProperty("url").GetString()}: {message.GetProperty("message").GetString()} at {extract}";
    }
}
