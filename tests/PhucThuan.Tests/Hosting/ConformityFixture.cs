using PhucThuan.Hosting;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests.Hosting;

/// <summary>
/// The deployed function app as a process, and the same app inside this process, on the same storage with articles.
/// </summary>
[CollectionDefinition(nameof(ConformityFixture))]
public sealed class ConformityFixture : IAsyncLifetime, ICollectionFixture<ConformityFixture>
{
    public const string Picture = "anh/duong lang.png";

    /// <summary>Headers that differ between any two responses.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Date"] = "the time",
        ["X-Azure-Functions-InvocationId"] = "new for each invocation",
    };

    /// <summary>Bodies that differ between any two responses, by address prefix, with the reason.</summary>
    private static readonly Dictionary<string, string> DifferentBodies = new()
    {
        ["/thong-ke"] = "contains the time of rendering, as does its entity tag",
        ["/api/statistics.json"] = "contains the time of rendering",
    };

    private readonly AzuriteFixture _storage = new();

    internal FunctionsHost Deployed { get; private set; } = null!;

    internal FunctionsHost InProcess { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        await _storage.UploadAsync(TestArticle.Slug, TestArticle.Html);
        await _storage
            .Media.GetBlobClient(Picture)
            .UploadAsync(new BinaryData(Enumerable.Range(0, 1000).Select(number => (byte)number).ToArray()));
        var options = new FunctionsHostOptions
        {
            FunctionKey = "chia-khoa",
            MasterKey = "chia-khoa-chinh",
            Settings = new Dictionary<string, string?>
            {
                ["Storage__ConnectionString"] = _storage.ConnectionString,
                ["Visits__AddressRate"] = "1000000",

                // Pages contain their own address.
                ["Site__Address"] = "http://phucthuan.example/",
            },
        };
        Deployed = await FunctionsHost.StartAsync(LocalHostCommand.Folder("Functions"), options);
        InProcess = await FunctionsHost.StartInProcessAsync(LocalHostCommand.Folder("Functions"), options: options);

        // Creates the checkpoint file now: otherwise its existence would depend on whether the test that runs all
        // timers has run.
        await Deployed.RunTimerAsync("CheckpointWriter");
        await LoadCatalogueAsync(Deployed);
        await LoadCatalogueAsync(InProcess);
    }

    /// <summary>Pages for missing addresses offer articles when the catalogue is loaded.</summary>
    private static async Task LoadCatalogueAsync(FunctionsHost host)
    {
        using var client = new HttpClient { BaseAddress = host.BaseAddress };
        await Eventually.AssertAsync(async () =>
        {
            using var response = await client.GetAsync("khong-co", TestContext.Current.CancellationToken);
            var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains(TestArticle.Slug, page, StringComparison.Ordinal);
        });
    }

    /// <summary>Sends the same request to both hosts.</summary>
    internal async Task<(Answer Deployed, Answer InProcess)> SendAsync(params string[] lines)
    {
        var cancellation = TestContext.Current.CancellationToken;
        return (await Answer.ToAsync(Deployed.BaseAddress, lines, body: null, cancellation),
            await Answer.ToAsync(InProcess.BaseAddress, lines, body: null, cancellation));
    }

    /// <summary>Asserts that both hosts send the same response, and returns it.</summary>
    internal async Task<Answer> SameAsync(string method, string address, params string[] headers)
    {
        string[] lines = [$"{method} {address} HTTP/1.1", "Host: phucthuan.example", .. headers];
        var (deployed, inProcess) = await SendAsync(lines);

        // The portal answers 503 while storage is slow.
        await Eventually.AssertAsync(async () =>
        {
            if (deployed.Status == 503 || inProcess.Status == 503)
            {
                (deployed, inProcess) = await SendAsync(lines);
            }

            Assert.NotEqual(503, deployed.Status);
            Assert.NotEqual(503, inProcess.Status);
        });
        AssertSame(
            $"{method} {address}",
            deployed,
            inProcess,
            DifferentBodies.Keys.Any(start => address.StartsWith(start, StringComparison.Ordinal)));
        return deployed;
    }

    internal static void AssertSame(string request, Answer deployed, Answer inProcess, bool differentBody = false)
    {
        string Describe(Answer answer) =>
            string.Join(
                '\n',
                answer
                    .Headers.Where(header =>
                        !Different.ContainsKey(header.Key)
                        && !(differentBody && header.Key is "ETag" or "Content-Length"))
                    .Select(header => $"{header.Key}: {header.Value}")
                    .Prepend($"{request}: {answer.Status}")
                    .Append(
                        differentBody
                            ? ""
                            : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(answer.Body))));
        Assert.Equal(Describe(deployed), Describe(inProcess));
    }

    public async ValueTask DisposeAsync()
    {
        await InProcess.DisposeAsync();
        await Deployed.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
