using PhucThuan.Portal.Media.Pictures;
using SkiaSharp;

namespace PhucThuan.Portal.Articles.Documents.Word.Pictures;

/// <summary>Cropped fractions of width and height at each side, 0 to 1.</summary>
internal sealed record PictureCrop(double Left, double Top, double Right, double Bottom);

/// <summary>A picture of a document, resized for the page.</summary>
internal sealed record DocumentPicture(byte[] Content, string ContentType, int Width, int Height)
{
    /// <summary>Maximum number of decoded pixels, 4 bytes each.</summary>
    private const int MaxPixelsHeld = 16_000_000;

    /// <summary>Maximum size in bytes of a picture that is embedded unchanged.</summary>
    private const int MaxLength = 2 * 1024 * 1024;

    private const int Quality = 85;

    // One at a time: resizing takes up to 64 MB, and eight articles are read concurrently.
    private static readonly Lock Turn = new();

    /// <summary>Null for a picture that is too large or broken.</summary>
    /// <param name="file">JPEG, PNG, GIF or WebP.</param>
    public static DocumentPicture? Fit(byte[] file, int maxWidth, PictureCrop? crop)
    {
        lock (Turn)
        {
            if (PictureHeader.Read(file) is not var (width, height) || PictureLimit.IsExceededBy(width, height))
            {
                return null;
            }

            if (crop is not null)
            {
                if ((long)width * height > MaxPixelsHeld || Cut(file, crop) is not { } cut)
                {
                    return null;
                }

                file = cut;
                (width, height) = PictureHeader.Read(file) ?? (width, height);
            }

            // A picture with Exif data is encoded again, to remove metadata such as the location.
            var isFromCamera = file.AsSpan(0, Math.Min(file.Length, 1024)).IndexOf("Exif"u8) >= 0;
            var wanted = isFromCamera ? Math.Min(maxWidth, width - 1) : maxWidth;
            if (wanted > 0 && Resize(file, wanted) is { } smaller
                && PictureHeader.Read(smaller.Content.ToArray()) is var (w, h))
            {
                return new(smaller.Content.ToArray(), smaller.Type.ContentType, w, h);
            }

            return file.Length <= MaxLength ? new(file, TypeOf(file), width, height) : null;
        }
    }

    /// <summary>Resizes to JPEG, which every browser decodes, or to WebP if the picture may be transparent.</summary>
    private static ResizedPicture? Resize(byte[] file, int width) =>
        PictureResizer.Resize(file, width, PictureType.Jpeg)
        ?? (TypeOf(file) == "image/jpeg" ? null : PictureResizer.Resize(file, width, PictureType.WebP));

    private static byte[]? Cut(byte[] file, PictureCrop crop)
    {
        using var picture = SKImage.FromEncodedData(file);
        if (picture is null)
        {
            return null;
        }

        var area = new SKRectI(
            (int)(picture.Width * crop.Left), (int)(picture.Height * crop.Top),
            (int)Math.Ceiling(picture.Width * (1 - crop.Right)), (int)Math.Ceiling(picture.Height * (1 - crop.Bottom)));
        using var part = area.Width > 0 && area.Height > 0 ? picture.Subset(area) : null;
        using var encoded = part?.Encode(
            TypeOf(file) == "image/jpeg" ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, Quality);
        return encoded?.ToArray();
    }

    private static string TypeOf(byte[] file) => file[0] switch
    {
        0xFF => "image/jpeg",
        0x89 => "image/png",
        (byte)'G' => "image/gif",
        _ => "image/webp",
    };
}
