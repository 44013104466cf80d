using Microsoft.Playwright;

namespace PhucThuan.Tests;

/// <summary>Files of container <c>media</c> opened by themselves, as a link of an article opens them.</summary>
[Collection(nameof(BrowserFixture))]
public sealed class MediaInBrowserTests(BrowserFixture browser, MediaInBrowserTests.MediaSite site) : IClassFixture<MediaInBrowserTests.MediaSite>
{
    // Metadata have been read, so it can be played.
    private const string CanBePlayed = "document.querySelector('video, audio')?.readyState >= 1";

    [Theory]
    [InlineData("/media/am.mp3")]
    [InlineData("/media/phim.mp4")]
    public async Task Sound_and_films_are_played(string address)
    {
        await using var reader = await OpenAsync(address);

        // Asked again and again from here: to wait in the page, Playwright would have to evaluate there, which our policy stops.
        await Eventually.AssertAsync(async () => Assert.True(await reader.Page.EvaluateAsync<bool>(CanBePlayed)));

        Assert.Empty(PolicyTroubles(reader));
    }

    [Fact]
    public async Task A_picture_is_shown_and_nothing_but_the_styles_of_the_browser_is_stopped()
    {
        await using var reader = await OpenAsync("/media/anh.png");

        await Eventually.AssertAsync(async () =>
            Assert.True(await reader.Page.EvaluateAsync<bool>("document.querySelector('img')?.naturalWidth === 1")));

        Assert.DoesNotContain(
            PolicyTroubles(reader), trouble => !trouble.Contains("inline style", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_document_is_opened_without_a_complaint_about_the_policy()
    {
        await using var reader = await OpenAsync("/media/don.pdf");

        // Its page is the browser's own, into which nobody may look.
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

            // Chromium looks into the file for what it is, so sound does for a film.
            foreach (var (name, content) in new[] { ("am.mp3", Silence), ("phim.mp4", Silence), ("anh.png", Pixel), ("don.pdf", Document) })
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

        /// <summary>Half a second of MP3: frames of 417 bytes at 128 kbit/s and 44.1 kHz, empty but for their headers.</summary>
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
