using Microsoft.Playwright;
using SkiaSharp;

namespace PhucThuan.Tests;

/// <summary>Photographs as cameras save them cost readers no more than their screens show.</summary>
[Collection(nameof(BrowserFixture))]
public sealed class PicturesInBrowserTests(BrowserFixture browser, PicturesInBrowserTests.PicturesSite site) : IClassFixture<PicturesInBrowserTests.PicturesSite>
{
    private const string List = "/";
    private const string Article = "/bai-viet/anh-1";

    /// <summary>
    /// What a browser says is the natural width of a picture that it chose by <c>sizes</c> is what <c>sizes</c> told it.
    /// </summary>
    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task Pages_tell_the_browser_how_wide_the_style_sheet_shows_their_pictures(int width)
    {
        await using var reader = await OpenAsync(width, scale: 1);
        foreach (var address in new[] { List, Article })
        {
            foreach (var picture in await PicturesAsync(reader.Page, address))
            {
                Assert.InRange(picture.Told / picture.Shown, 0.95, 1.05);
            }
        }
    }

    [Theory]
    [InlineData(320, 1, "480 480 480")]
    [InlineData(390, 2, "960 960 960")]
    [InlineData(1440, 1, "960 480 480")]
    [InlineData(1440, 2, "1600 480 480")]
    public async Task A_screen_gets_the_pictures_of_a_list_in_the_width_that_it_has(int width, float scale, string expected)
    {
        await using var reader = await OpenAsync(width, scale);
        var pictures = await PicturesAsync(reader.Page, List);

        Assert.Equal(expected, string.Join(' ', pictures.Select(picture => picture.Source[(picture.Source.IndexOf('=', StringComparison.Ordinal) + 1)..])));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_home_page_with_photographs_of_megabytes_costs_a_phone_a_twentieth()
    {
        await using var reader = await OpenAsync(390, scale: 2);
        var bytes = new List<Task<int>>();
        reader.Page.RequestFinished += (_, request) => bytes.Add(LengthAsync(request));
        await PicturesAsync(reader.Page, List);

        var sum = (await Task.WhenAll(bytes)).Sum();
        TestContext.Current.TestOutputHelper!.WriteLine($"{sum} bytes in all, the photographs have {PicturesSite.Count * site.Photograph}");
        Assert.InRange(sum, 1, PicturesSite.Count * site.Photograph / 20);
    }

    private static async Task<int> LengthAsync(IRequest request) => (await request.SizesAsync()).ResponseBodySize;

    /// <summary>Of a page that was scrolled through, so that all have come.</summary>
    private static async Task<IReadOnlyList<Picture>> PicturesAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        var pictures = page.Locator("main img[srcset]");
        var found = new List<Picture>();
        for (var number = 0; number < await pictures.CountAsync(); number++)
        {
            var picture = pictures.Nth(number);
            await picture.ScrollIntoViewIfNeededAsync();
            found.Add(await picture.EvaluateAsync<Picture>("""
                async picture => {
                  await picture.decode();
                  return { source: picture.currentSrc, told: picture.naturalWidth, shown: picture.getBoundingClientRect().width };
                }
                """));
        }

        Assert.NotEmpty(found);
        return found;
    }

    private Task<OpenPage> OpenAsync(int width, float scale) => browser.OpenAsync(new()
    {
        BaseURL = site.Address.ToString(),
        DeviceScaleFactor = scale,
        ViewportSize = new() { Width = width, Height = 844 },
    });

    public sealed record Picture
    {
        public string Source { get; set; } = "";

        public double Told { get; set; }

        public double Shown { get; set; }
    }

    public sealed class PicturesSite : IAsyncLifetime
    {
        public const int Count = 3;

        private readonly AzuriteFixture _storage = new();
        private PortalHost? _host;

        public Uri Address { get; private set; } = null!;

        /// <summary>Bytes of one.</summary>
        public int Photograph { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await _storage.InitializeAsync();
            var photograph = Draw();
            Photograph = photograph.Length;
            for (var number = 1; number <= Count; number++)
            {
                await _storage.Media.UploadBlobAsync($"anh-{number}.jpg", BinaryData.FromBytes(photograph));
                await _storage.UploadAsync(
                    $"anh-{number}",
                    $"<title>Ảnh</title><meta name=category content='Tin tức'><p><img src='media/anh-{number}.jpg' alt='Đồi chè'><p><img src='media/anh-{number}.jpg' alt='Đồi chè' width=200 height=150>");
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

        /// <summary>12 megapixels of what is hard to compress, as of a telephone.</summary>
        private static byte[] Draw()
        {
            using var surface = SKSurface.Create(new SKImageInfo(4000, 3000, SKColorType.Rgba8888, SKAlphaType.Opaque));
            using var noise = SKShader.CreatePerlinNoiseFractalNoise(0.1f, 0.1f, 4, 1);
            using var paint = new SKPaint { Shader = noise };
            surface.Canvas.Clear(SKColors.White);
            surface.Canvas.DrawPaint(paint);
            using var picture = surface.Snapshot();
            using var file = picture.Encode(SKEncodedImageFormat.Jpeg, 92);
            return file.ToArray();
        }
    }
}
