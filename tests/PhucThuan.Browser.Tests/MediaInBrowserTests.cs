using Microsoft.Playwright;

namespace PhucThuan.Tests;

/// <summary>Files of container <c>media</c> as top-level documents.</summary>
public sealed class MediaInBrowserTests(BrowserFixture browser, MediaInBrowserTests.MediaSite site)
    : IClassFixture<MediaInBrowserTests.MediaSite>
{
    // HAVE_METADATA: the file was decoded far enough to play.
    private const string CanBePlayed = "document.querySelector('video, audio')?.readyState >= 1";

    [Theory]
    [InlineData("/media/am.mp3")]
    [InlineData("/media/phim.mp4")]
    public async Task Audio_and_video_play(string address)
    {
        await using var reader = await OpenAsync(address);

        await reader.Page.BecomesTrueAsync(CanBePlayed);

        Assert.Empty(PolicyTroubles(reader));
    }

    [Fact]
    public async Task A_picture_is_shown_and_the_policy_blocks_only_the_browsers_own_styles()
    {
        await using var reader = await OpenAsync("/media/anh.png");

        await reader.Page.BecomesTrueAsync("document.querySelector('img')?.naturalWidth === 1");

        Assert.DoesNotContain(
            PolicyTroubles(reader), trouble => !trouble.Contains("inline style", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_document_opens_without_a_policy_violation()
    {
        await using var whole = await browser.LaunchWithViewersAsync();
        var context = await whole.NewContextAsync(new() { BaseURL = site.Address.ToString() });
        await using var reader = new OpenPage(context, await context.NewPageAsync());
        await reader.Page.GotoAsync("/media/don.pdf", new() { WaitUntil = WaitUntilState.Commit });

        // The PDF viewer is an internal page that cannot be inspected.
        await reader.Page.WaitForLoadStateAsync();

        Assert.Empty(PolicyTroubles(reader));
    }

    private static IEnumerable<string> PolicyTroubles(OpenPage reader) =>
        reader.Troubles.Where(trouble => trouble.Contains("Content Security Policy", StringComparison.Ordinal));

    private async Task<OpenPage> OpenAsync(string address)
    {
        var reader = await browser.OpenAsync(new() { BaseURL = site.Address.ToString() });
        await reader.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        return reader;
    }

    public sealed class MediaSite : IAsyncLifetime
    {
        private readonly AzuriteFixture _storage = new();
        private PortalHost? _host;

        public Uri Address { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await _storage.InitializeAsync();

            // Chromium sniffs the content, so audio also plays as a video.
            foreach (
                var (name, content) in new[]
                {
                    ("am.mp3", Silence),
                    ("phim.mp4", Silence),
                    ("anh.png", Pixel),
                    ("don.pdf", Document),
                })
            {
                await _storage.Media.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), overwrite: true);
            }

            _host = new PortalHost(_storage.ConnectionString);
            using var client = _host.CreateClient();
            Address = client.BaseAddress!;
        }

        public async ValueTask DisposeAsync()
        {
            await _host!.DisposeAsync();
            await _storage.DisposeAsync();
        }

        /// <summary>Half a second of MP3: empty frames of 417 bytes at 128 kbit/s and 44.1 kHz.</summary>
        private static byte[] Silence =>
            [.. Enumerable.Range(0, 20).SelectMany(_ => (byte[])[0xFF, 0xFB, 0x90, 0x00, .. new byte[413]])];

        private static byte[] Pixel => Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

        private static byte[] Document => """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
            trailer<</Root 1 0 R>>
            %%EOF
            """u8.ToArray();
    }
}
