using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Tests.Media.Pictures;

[Fast]
public sealed class PictureWidthsTests
{
    [Theory]
    [InlineData("/media/a.jpg", 4000, "480, 640, 720, 960, 1600")]
    [InlineData("/media/a.PNG", 1600, "480, 640, 720, 960, -")]
    [InlineData("/media/a.webp", 700, "480, 640, -")]
    [InlineData("/media/a.webp", 640, "480, -")]
    [InlineData("/media/a.jpg", 480, null)]
    [InlineData("/media/a.jpg", null, null)]
    [InlineData("/media/a.gif", 4000, null)]
    [InlineData("/media/a.jpg?v=2", 4000, null)]
    [InlineData("/media/a.jpg#x", 4000, null)]
    public void Srcset_offers_the_smaller_widths(string address, int? width, string? widths) => Assert.Equal(
        widths is null ? null : string.Join(", ", widths.Split(", ").Select(offered =>
            offered == "-" ? $"{address} {width}w" : $"{address}?w={offered} {offered}w")),
        PictureWidths.SourceSet(address, width));

    [Theory]
    [InlineData("/media/a.jpg", 4000, "/media/a.jpg?w=960")]
    [InlineData("/media/a.jpg", null, "/media/a.jpg?w=960")]
    [InlineData("/media/a.jpg", 960, "/media/a.jpg")]
    [InlineData("/media/a.gif", null, "/media/a.gif")]
    public void A_list_uses_a_resized_picture(string address, int? width, string expected) =>
        Assert.Equal(expected, PictureWidths.SourceInList(address, width));
}
