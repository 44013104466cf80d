using SkiaSharp;

namespace PhucThuan.Tests.Media.Pictures;

/// <summary>Pictures drawn for tests.</summary>
internal static class TestPicture
{
    /// <summary>Noise that does not compress, like a photograph.</summary>
    public static byte[] Photograph(int width, int height) => Draw(width, height, SKAlphaType.Opaque, canvas =>
    {
        using var noise = SKShader.CreatePerlinNoiseFractalNoise(0.1f, 0.1f, 3, 1);
        using var paint = new SKPaint { Shader = noise };
        canvas.Clear(SKColors.White);
        canvas.DrawPaint(paint);
    }).Jpeg();

    /// <summary>Four quarters: red and lime at the top, blue and white at the bottom.</summary>
    public static SKImage Quarters(int width, int height) => Draw(width, height, SKAlphaType.Opaque, canvas =>
    {
        canvas.Clear(SKColors.White);
        Fill(canvas, SKColors.Red, 0, 0, width / 2, height / 2);
        Fill(canvas, SKColors.Lime, width / 2, 0, width, height / 2);
        Fill(canvas, SKColors.Blue, 0, height / 2, width / 2, height);
    });

    public static SKImage Draw(
        int width, int height, SKAlphaType alpha, Action<SKCanvas> draw, SKColorSpace? colours = null)
    {
        using var surface = SKSurface.Create(
            new SKImageInfo(width, height, SKColorType.Rgba8888, alpha, colours ?? SKColorSpace.CreateSrgb()));
        draw(surface.Canvas);
        return surface.Snapshot();
    }

    public static byte[] Jpeg(this SKImage picture) => Encode(picture, SKEncodedImageFormat.Jpeg);

    public static byte[] Png(this SKImage picture) => Encode(picture, SKEncodedImageFormat.Png);

    /// <summary>Adds camera metadata: an orientation, and a text that stands for a private location.</summary>
    public static byte[] WithExif(this byte[] jpeg, byte orientation)
    {
        // Segment APP1 (Exif 2.32, 4.7.2) with one entry.
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. "Phúc Thuận"u8,
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    private static void Fill(SKCanvas canvas, SKColor colour, float left, float top, float right, float bottom)
    {
        using var paint = new SKPaint { Color = colour };
        canvas.DrawRect(new SKRect(left, top, right, bottom), paint);
    }

    private static byte[] Encode(SKImage picture, SKEncodedImageFormat format)
    {
        using (picture)
        {
            using var file = picture.Encode(format, 95);
            return file.ToArray();
        }
    }
}
