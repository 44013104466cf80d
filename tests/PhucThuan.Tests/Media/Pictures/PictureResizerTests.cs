using PhucThuan.LocalHost;
using PhucThuan.Portal.Media.Pictures;
using SkiaSharp;

namespace PhucThuan.Tests.Media.Pictures;

public sealed class PictureResizerTests
{
    [Theory]
    [InlineData(480, 360)]
    [InlineData(960, 720)]
    [InlineData(1600, 1200)]
    public void A_photograph_gets_the_requested_width(int width, int height)
    {
        var photograph = TestPicture.Photograph(4000, 3000);

        var small = PictureResizer.Resize(photograph, width, PictureType.Jpeg)!;

        using var picture = SKBitmap.Decode(small.Content.Span);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal(PictureType.Jpeg, small.Type);
        Assert.InRange(small.Content.Length, 1, photograph.Length / 4);
    }

    /// <summary>
    /// Expected quarters (top row, bottom row) for each Exif orientation (2.32, 4.6.4); stored are red, lime, blue,
    /// white.
    /// </summary>
    [Theory]
    [InlineData(1, "red lime blue white", false)]
    [InlineData(2, "lime red white blue", false)]
    [InlineData(3, "white blue lime red", false)]
    [InlineData(4, "blue white red lime", false)]
    [InlineData(5, "red blue lime white", true)]
    [InlineData(6, "blue red white lime", true)]
    [InlineData(7, "white lime blue red", true)]
    [InlineData(8, "lime white red blue", true)]
    public void The_orientation_is_applied_and_metadata_is_removed(byte orientation, string colours, bool isTurned)
    {
        var file = TestPicture.Quarters(800, 600).Jpeg().WithExif(orientation);

        var small = PictureResizer.Resize(file, 480, PictureType.Jpeg)!;

        using var picture = SKBitmap.Decode(small.Content.Span);
        Assert.Equal((480, isTurned ? 640 : 360), (picture.Width, picture.Height));
        var (right, bottom) = (picture.Width - 40, picture.Height - 40);
        Assert.Equal(colours, string.Join(' ', new[] { (40, 40), (right, 40), (40, bottom), (right, bottom) }
            .Select(point => NameOf(picture.GetPixel(point.Item1, point.Item2)))));
        Assert.Equal(-1, small.Content.Span.IndexOf("Exif"u8));
        Assert.Equal(-1, small.Content.Span.IndexOf("Phúc Thuận"u8));
    }

    [Fact]
    public void Wide_gamut_colours_are_converted_to_srgb()
    {
        var colour = new SKColor(200, 60, 50);
        using var wide = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3);
        var file = TestPicture.Draw(800, 600, SKAlphaType.Opaque, canvas => canvas.Clear(colour), wide).Png();

        // A single colour compresses well; trailing bytes make the file large.
        var small = PictureResizer.Resize([.. file, .. new byte[100_000]], 480, PictureType.Jpeg)!;

        // Decoded in its own profile, without conversion.
        using var data = SKData.CreateCopy(small.Content.Span);
        using var codec = SKCodec.Create(data);
        using var bitmap = new SKBitmap(codec.Info);
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
        var found = bitmap.GetPixel(100, 100);
        Assert.True(Math.Abs(found.Red - colour.Red) < 4 && Math.Abs(found.Green - colour.Green) < 4, $"{found}");
    }

    [Fact]
    public void Transparency_is_preserved()
    {
        var file = TestPicture.Draw(800, 600, SKAlphaType.Premul, canvas =>
        {
            using var noise = SKShader.CreatePerlinNoiseFractalNoise(0.5f, 0.5f, 3, 1);
            using var paint = new SKPaint { Shader = noise };
            canvas.DrawRect(new SKRect(0, 0, 800, 300), paint);
        }).Png();

        var small = PictureResizer.Resize(file, 480, PictureType.WebP)!;

        using var picture = SKBitmap.Decode(small.Content.Span);
        Assert.Equal("RIFF"u8, small.Content.Span[..4]);
        Assert.Equal((480, 360), (picture.Width, picture.Height));
        Assert.Equal(0, picture.GetPixel(240, 300).Alpha);
        Assert.Null(PictureResizer.Resize(file, 480, PictureType.Jpeg)); // JPEG would have a black background
    }

    [Theory]
    [InlineData(480)]
    [InlineData(960)]
    public void WebP_is_smaller_than_jpeg(int width)
    {
        var sample = File.ReadAllBytes(
            Path.Combine(LocalHostCommand.Folder("Samples"), "media", "doi-che-binh-minh.jpg"));

        var jpeg = PictureResizer.Resize(sample, width, PictureType.Jpeg)!;
        var webP = PictureResizer.Resize(sample, width, PictureType.WebP)!;

        Assert.InRange(webP.Content.Length, 1, jpeg.Content.Length - 1);
        using var picture = SKBitmap.Decode(webP.Content.Span);
        Assert.Equal(width, picture.Width);
    }

    [Fact]
    public void A_picture_that_would_not_shrink_is_not_resized()
    {
        Assert.Null(PictureResizer.Resize(TestPicture.Photograph(480, 360), 480, PictureType.Jpeg)); // not wider
        Assert.NotNull(PictureResizer.Resize(TestPicture.Photograph(481, 360), 480, PictureType.Jpeg));
        using var blank = TestPicture.Draw(800, 600, SKAlphaType.Opaque, canvas => canvas.Clear(SKColors.White));
        using var lossless = blank.Encode(SKEncodedImageFormat.Webp, 100);
        Assert.Null(PictureResizer.Resize(lossless.ToArray(), 480, PictureType.Jpeg)); // has fewer bytes already
    }

    [Fact]
    public void A_picture_that_needs_too_much_memory_is_not_resized()
    {
        // Black compresses so well that the file size says nothing about the number of pixels.
        static SKImage Black(int width, int height) =>
            TestPicture.Draw(width, height, SKAlphaType.Opaque, canvas => canvas.Clear(SKColors.Black));

        Assert.NotNull(PictureResizer.Resize(Black(5000, 3200).Png(), 480, PictureType.Jpeg));
        Assert.Null(PictureResizer.Resize(Black(5000, 3201).Png(), 480, PictureType.Jpeg));
        Assert.NotNull(PictureResizer.Resize(Black(8000, 8000).Jpeg(), 480, PictureType.Jpeg));
        Assert.Null(PictureResizer.Resize(Black(8000, 8001).Jpeg(), 480, PictureType.Jpeg));

        // Scaled decoding saves little memory here.
        Assert.Null(PictureResizer.Resize(Black(500, 50_000).Jpeg(), 480, PictureType.Jpeg));
    }

    [Fact]
    public void An_animation_is_not_resized()
    {
        var shown = TimeSpan.FromSeconds(1);
        using var first = TestPicture.Quarters(800, 600);
        using var second = TestPicture.Draw(800, 600, SKAlphaType.Opaque, canvas => canvas.Clear(SKColors.Black));
        using var firstPixels = first.PeekPixels();
        using var secondPixels = second.PeekPixels();
        using var film = SKWebpEncoder.EncodeAnimated(
            [new(firstPixels, shown), new(secondPixels, shown)],
            new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50))!;

        Assert.NotNull(PictureHeader.Read(film.ToArray()));
        Assert.Null(PictureResizer.Resize(film.ToArray(), 480, PictureType.Jpeg));
    }

    [Fact]
    public void A_progressive_jpeg_is_detected()
    {
        var single = TestPicture.Quarters(80, 60).Jpeg();
        var progressive =
            File.ReadAllBytes(Path.Combine(LocalHostCommand.Folder("Samples"), "media", "doi-che-binh-minh.jpg"));

        Assert.True(JpegScans.IsSingle(single));
        Assert.True(JpegScans.IsSingle(single.WithExif(1)));
        Assert.False(JpegScans.IsSingle(progressive));
        Assert.NotNull(PictureResizer.Resize(progressive, 480, PictureType.Jpeg));
    }

    [Fact]
    public void A_truncated_corrupt_or_other_file_is_not_resized()
    {
        foreach (var file in new[] { TestPicture.Quarters(500, 80).Jpeg(), TestPicture.Quarters(500, 80).Png() })
        {
            Assert.Null(PictureResizer.Resize(file[..^100], 480, PictureType.Jpeg));
            for (var at = 0; at < file.Length; at += 7)
            {
                JpegScans.IsSingle(file.AsSpan(..at));
                PictureResizer.Resize(file[..at], 480, PictureType.Jpeg);
                PictureResizer.Resize([.. file[..at], (byte)~file[at], .. file[(at + 1)..]], 480, PictureType.Jpeg);
            }
        }

        Assert.Null(PictureResizer.Resize([], 480, PictureType.Jpeg));
        Assert.Null(PictureResizer.Resize("<svg width='800' height='600'>"u8.ToArray(), 480, PictureType.Jpeg));
        Assert.Null(PictureResizer.Resize([.. "GIF89a"u8, 0, 9, 0, 9, 0, 0, 0], 480, PictureType.Jpeg));
    }

    private static string NameOf(SKColor colour) => (colour.Red > 128, colour.Green > 128, colour.Blue > 128) switch
    {
        (true, false, false) => "red",
        (false, true, false) => "lime",
        (false, false, true) => "blue",
        (true, true, true) => "white",
        _ => colour.ToString(),
    };
}
