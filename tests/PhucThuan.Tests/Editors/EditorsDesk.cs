using System.Text.Json;

namespace PhucThuan.Tests.Editors;

/// <summary>The editors' desk of a portal. Reads its address from the blob in <c>drafts</c>, like editors.</summary>
internal sealed class EditorsDesk(AzuriteFixture storage, PortalHost host) : IDisposable
{
    public const string LinkBlob = "dia-chi-ban-bien-tap.txt";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Does not follow redirects.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = host.Address,
        DefaultRequestHeaders = { { "User-Agent", TestBrowser.UserAgent } },
    };

    public async Task<Uri> FindLinkAsync()
    {
        var link = "";
        await Eventually.AssertAsync(async () =>
        {
            Assert.True(await storage.DraftFiles.GetBlobClient(LinkBlob).ExistsAsync(Cancellation));
            link = (
                await storage.DraftFiles.GetBlobClient(LinkBlob)
                    .DownloadContentAsync(Cancellation)).Value.Content.ToString();
        });
        return new Uri(link.Trim());
    }

    /// <summary>The report as JSON, when all files have been read.</summary>
    public async Task<JsonElement> ReadAsync()
    {
        var link = await FindLinkAsync();
        var report = default(JsonElement);
        await Eventually.AssertAsync(async () =>
        {
            using var json = JsonDocument.Parse(await Client.GetStringAsync(link + "/tinh-trang.json", Cancellation));
            report = json.RootElement.Clone();
            Assert.Equal(0, report.GetProperty("unchecked").GetInt32());
        });
        return report;
    }

    public async Task<JsonElement> FindFileAsync(string container, string name) =>
        FileOf(await ReadAsync(), container, name);

    public static JsonElement FileOf(JsonElement report, string container, string name) =>
        report.GetProperty("files").EnumerateArray()
        .Single(
            file =>
                file.GetProperty("container").GetString() == container && file.GetProperty("name").GetString() == name);

    public static string StateOf(JsonElement file) => file.GetProperty("state").GetString()!;

    public static IReadOnlyList<string> ProblemsOf(JsonElement file, string severity) =>
    [
        .. file.GetProperty("problems").EnumerateArray()
            .Where(problem => problem.GetProperty("severity").GetString() == severity)
            .Select(problem => problem.GetProperty("text").GetString()!),
    ];

    public void Dispose() => Client.Dispose();
}
