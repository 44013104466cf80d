using Microsoft.Playwright;
using SkiaSharp;

namespace PhucThuan.Tests;

/// <summary>Responsive pictures: browsers download the width that their screen needs.</summary>
public sealed class PicturesInBrowserTests(BrowserFixture browser, PicturesInBrowserTests.PicturesSite site)
    : IClassFixture<PicturesInBrowserTests.PicturesSite>
{
    private const string List = "/";
    private const string Article = "/bai-viet/anh-1";

    /// <summary>
    /// For a picture selected by <c>sizes</c>, the natural width is the width in <c>sizes</c>.
    /// </summary>
    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task The_sizes_attribute_matches_the_width_in_the_style_sheet(int width)
    {
        await using var reader = await OpenAsync(width, scale: 1);
        foreach (var address in new[] { List, Article })
        {
            foreach (var picture in await PicturesAsync(reader.Page, address))
            {
                Assert.InRange(picture.NaturalWidth / picture.ShownWidth, 0.95, 1.05);
            }
        }
    }

    [Theory]
    [InlineData(320, 1, "480 480 480")]
    [InlineData(390, 2, "720 480 480")]
    [InlineData(1440, 1, "960 480 480")]
    [InlineData(1440, 2, "1600 720 720")]
    public async Task A_list_loads_pictures_in_the_width_of_the_screen(int width, float scale, string expected)
    {
        await using var reader = await OpenAsync(width, scale);
        var pictures = await PicturesAsync(reader.Page, List);

        Assert.Equal(
            expected,
            string.Join(
                ' ',
                pictures.Select(picture =>
                    picture.Source[(picture.Source.IndexOf('=', StringComparison.Ordinal) + 1)..])));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_phone_loads_a_twentieth_of_the_size_of_the_photographs()
    {
        await using var reader = await OpenAsync(390, scale: 2);
        var bytes = new List<Task<int>>();
        reader.Page.RequestFinished += (_, request) => bytes.Add(LengthAsync(request));
        await PicturesAsync(reader.Page, List);

        var sum = (await Task.WhenAll(bytes)).Sum();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{sum} bytes in all, the photographs have {PicturesSite.Count * site.Photograph}");
        Assert.InRange(sum, 1, PicturesSite.Count * site.Photograph / 20);
    }

    private static async Task<int> LengthAsync(IRequest request) => (await request.SizesAsync()).ResponseBodySize;

    /// <summary>All pictures of a page, after scrolling to each of them (lazy loading).</summary>
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
                  return {
                    source: picture.currentSrc,
                    naturalWidth: picture.naturalWidth,
                    shownWidth: picture.getBoundingClientRect().width,
                  };
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

        public double NaturalWidth { get; set; }

        public double ShownWidth { get; set; }
    }

    public sealed class PicturesSite : IAsyncLifetime
    {
        public const int Count = 3;

        private readonly AzuriteFixture _storage = new();
        private PortalHost? _host;

        public Uri Address { get; private set; } = null!;

        /// <summary>Size of one photograph in bytes.</summary>
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
                    $"<title>Ảnh</title><meta name=category content='Tin tức'><p><img src='media/anh-{number}.jpg'"
                        + $" alt='Đồi chè'><p><img src='media/anh-{number}.jpg' alt='Đồi chè' width=200 height=150>");
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

        /// <summary>12 megapixels of noise, with the file size of a phone's photograph.</summary>
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
