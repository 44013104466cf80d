using System.Buffers.Binary;
using System.Text;
using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Tests.Media.Pictures;

/// <summary>Tests with pictures of 30 × 20 pixels.</summary>
[Fast]
public sealed class PictureHeaderTests
{
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAB4AAAAUCAYAAACaq43EAAAAPUlEQVR4AezSsQ0AQAhCUeL+k9ySZ0+PNN/"
            + "EwgaTF0ZPv7Gj0vD4DB5qqGMClCtG"
        + "68FQu0jshjpG68E16gUAAP//A8mSXQAAAAZJREFUAwDSKTH36CcHHgAAAABJRU5ErkJggg==";

    private const string Gif = "R0lGODlhHgAUAIAAAAAAAACqAA==";
    private const string Lossy =
        "UklGRkYAAABXRUJQVlA4IDoAAAAwAwCdASoeABQAPtFiqk+oJaOiKAgBABoJZQDM/oAAQFBQAP7hw3/uair7Uh//hWt7PYHlhPcQAAAA";
    private const string Lossless = "UklGRhwAAABXRUJQVlA4TA8AAAAvHcAEAAdQ1Yj+ByKi/wEA";
    private const string Extended =
        "UklGRrgAAABXRUJQVlA4WAoAAAAQAAAAHQAAEwAAQUxQSBoAAAABDzBmERFCTQAkDM2pzcc3NEFE/ycAscwnt1ZQOCB4AAAA";

    private const string Jpeg =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/"
            + "2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxl"
        + "Z2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/"
        + "wAARCAAUAB4DASIA"
        + "AhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/"
        + "8QAFgEBAQEAAAAAAAAAAAAAAAAAAAUG/8QAFBEBAAAAAAAA"
        + "AAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AhARWeAAAAAAf/9k=";

    // Segment APP1 (Exif 2.32, 4.7.2) with one entry: orientation 6, as from a phone held upright.
    private static readonly byte[] Rotated =
    [
        0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
        (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
    ];

    private static readonly byte[] Avif =
    [
        .. Box("ftyp", [.. "avif"u8, 0, 0, 0, 0, .. "mif1"u8]),
        .. Box("meta", [0, 0, 0, 0, .. Box("iprp", Box("ipco", [.. Extent(8, 20), .. Extent(30, 20)]))]),
    ];

    [Fact]
    public void The_size_of_AVIF_is_that_of_the_whole_picture()
    {
        Assert.Equal((30, 20), PictureHeader.Read(Avif));
        Assert.Equal((20, 30), PictureHeader.Read([.. Avif, .. Box("irot", 3)]));
        Assert.Equal((30, 20), PictureHeader.Read([.. Avif, .. Box("irot", 2)]));
        Assert.Equal((12_000, 9_000), PictureHeader.Read([.. Avif, .. Extent(12_000, 9_000)]));
        Assert.Null(PictureHeader.Read([.. Avif[..24], .. Extent(0, 20), .. Extent(-1, 20)]));
        Assert.True(PictureHeader.IsReadable("Ảnh.AVIF"));
        for (var length = 0; length < Avif.Length; length++)
        {
            PictureHeader.Read(Avif[..length]);
        }
    }

    private static byte[] Extent(int width, int height)
    {
        var sides = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(sides.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(sides.AsSpan(8), height);
        return Box("ispe", sides);
    }

    private static byte[] Box(string name, params byte[] content) =>
        [0, 0, 0, (byte)(content.Length + 8), .. Encoding.ASCII.GetBytes(name), .. content];

    [Theory]
    [InlineData(Png)]
    [InlineData(Gif)]
    [InlineData(Lossy)]
    [InlineData(Lossless)]
    [InlineData(Extended)]
    [InlineData(Jpeg)]
    public void The_size_of_each_format_is_read(string file) =>
        Assert.Equal((30, 20), PictureHeader.Read(Convert.FromBase64String(file)));

    [Fact]
    public void A_rotated_picture_has_its_displayed_size()
    {
        var jpeg = Convert.FromBase64String(Jpeg);

        Assert.Equal((20, 30), PictureHeader.Read([.. jpeg[..2], .. Rotated, .. jpeg[2..]]));
    }

    [Theory]
    [InlineData(Png)]
    [InlineData(Gif)]
    [InlineData(Lossy)]
    [InlineData(Lossless)]
    [InlineData(Extended)]
    [InlineData(Jpeg)]
    public void A_truncated_or_corrupt_file_has_no_size(string file)
    {
        var bytes = Convert.FromBase64String(file);
        for (var length = 0; length < bytes.Length; length++)
        {
            PictureHeader.Read(bytes[..length]);
            PictureHeader.Read([.. bytes[..length], (byte)~bytes[length], .. bytes[(length + 1)..]]);
        }

        Assert.Null(PictureHeader.Read([]));
        Assert.Null(PictureHeader.Read("<svg width=30 height=20>"u8.ToArray()));
    }
}
