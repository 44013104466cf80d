using System.Buffers.Binary;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;

namespace PhucThuan.Portal.Media.Pictures;

/// <summary>
/// Reads the size of a picture from the start of its file. MetadataExtractor parses JPEG, where size and orientation
/// have no fixed offset. For other formats it needs the whole file, so their size is read at its fixed offset here.
/// </summary>
public static class PictureHeader
{
    /// <summary>
    /// Bytes to read: room for two JPEG segments of maximum size, such as Exif with its thumbnail, before the segment
    /// with the size.
    /// </summary>
    public const int Length = 128 * 1024;

    /// <summary>Exif orientations from this value on rotate by 90°; browsers apply them.</summary>
    private const int FirstTurned = 5;

    /// <summary>True for file types whose size can be read.</summary>
    public static bool IsReadable(string name) => Path.GetExtension(name).ToUpperInvariant()
        is ".JPG" or ".JPEG" or ".PNG" or ".GIF" or ".WEBP" or ".AVIF";

    /// <summary>Size in pixels as displayed; null for other formats and for invalid files.</summary>
    public static (int Width, int Height)? Read(byte[] start)
    {
        var size = start.AsSpan() switch
        {
            [0xFF, 0xD8, ..] => ReadJpeg(start),
            [0x89, (byte)'P', (byte)'N', (byte)'G', _, _, _, _, ..] and { Length: >= 24 } png =>
                (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..])),
            [(byte)'G', (byte)'I', (byte)'F', ..] and { Length: >= 10 } gif =>
                (BinaryPrimitives.ReadUInt16LittleEndian(gif[6..]), BinaryPrimitives.ReadUInt16LittleEndian(gif[8..])),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] and { Length: >= 30 } webp => ReadWebP(webp),
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] avif => ReadAvif(avif),
            _ => ((int Width, int Height)?)null,
        };
        return size is { Width: > 0, Height: > 0 } ? size : null;
    }

    private static (int Width, int Height)? ReadJpeg(byte[] start)
    {
        try
        {
            var directories = JpegMetadataReader.ReadMetadata(new MemoryStream(start));
            if (directories.OfType<JpegDirectory>().FirstOrDefault() is not { } jpeg)
            {
                return null;
            }

            var orientation = 0;
            directories.OfType<ExifIfd0Directory>()
                .FirstOrDefault()?.TryGetInt32(ExifDirectoryBase.TagOrientation, out orientation);
            var (width, height) = (jpeg.GetImageWidth(), jpeg.GetImageHeight());
            return orientation >= FirstTurned ? (height, width) : (width, height);
        }
        catch (Exception broken) when (broken is IOException or ImageProcessingException or MetadataException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads the boxes <c>ispe</c> of the metadata, which are near the start (ISO/IEC 23008-12, 6.5.3). A large picture
    /// is a grid of tiles, each with its own box. A box <c>irot</c> rotates the picture by 90° or 270° (6.5.10).
    /// </summary>
    private static (int Width, int Height)? ReadAvif(ReadOnlySpan<byte> file)
    {
        (int Width, int Height)? largest = null;
        for (var box = file; box.IndexOf("ispe"u8) is var at and >= 0 && box.Length >= at + 16; box = box[(at + 4)..])
        {
            var width = BinaryPrimitives.ReadInt32BigEndian(box[(at + 8)..]);
            var height = BinaryPrimitives.ReadInt32BigEndian(box[(at + 12)..]);
            if (width > 0 && height > 0 && (long)width * height > (long)(largest?.Width ?? 0) * (largest?.Height ?? 0))
            {
                largest = (width, height);
            }
        }

        var turn = file.IndexOf("irot"u8);
        return turn >= 0 && file.Length > turn + 4 && (file[turn + 4] & 1) == 1 && largest is var (w, h)
            ? (h, w)
            : largest;
    }

    /// <summary>The three WebP variants of RFC 9649: extended, lossless, lossy.</summary>
    private static (int Width, int Height)? ReadWebP(ReadOnlySpan<byte> file)
    {
        switch (file[12..16])
        {
            case [(byte)'V', (byte)'P', (byte)'8', (byte)'X']:
                return (1 + (BinaryPrimitives.ReadInt32LittleEndian(file[24..]) & 0xFF_FFFF),
                    1 + (BinaryPrimitives.ReadInt32LittleEndian(file[26..]) >> 8 & 0xFF_FFFF));
            case [(byte)'V', (byte)'P', (byte)'8', (byte)'L']:
                var bits = BinaryPrimitives.ReadInt32LittleEndian(file[21..]);
                return (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF));
            case [(byte)'V', (byte)'P', (byte)'8', (byte)' ']:
                return (BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF,
                    BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF);
            default:
                return null;
        }
    }
}
