using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Tests.Media.Pictures;

[Fast]
public sealed class PictureWidthsTests
{
    [Theory]
    [InlineData("/media/a.jpg", 4000, "/media/a.jpg?w=480 480w, /media/a.jpg?w=960 960w, /media/a.jpg?w=1600 1600w")]
    [InlineData("/media/a.PNG", 1600, "/media/a.PNG?w=480 480w, /media/a.PNG?w=960 960w, /media/a.PNG 1600w")]
    [InlineData("/media/a.webp", 700, "/media/a.webp?w=480 480w, /media/a.webp 700w")]
    [InlineData("/media/a.jpg", 480, null)]
    [InlineData("/media/a.jpg", null, null)]
    [InlineData("/media/a.gif", 4000, null)]
    [InlineData("/media/a.jpg?v=2", 4000, null)]
    [InlineData("/media/a.jpg#x", 4000, null)]
    public void Srcset_offers_the_smaller_widths(string address, int? width, string? expected) =>
        Assert.Equal(expected, PictureWidths.SourceSet(address, width));

    [Theory]
    [InlineData("/media/a.jpg", 4000, "/media/a.jpg?w=960")]
    [InlineData("/media/a.jpg", null, "/media/a.jpg?w=960")]
    [InlineData("/media/a.jpg", 960, "/media/a.jpg")]
    [InlineData("/media/a.gif", null, "/media/a.gif")]
    public void A_list_uses_a_resized_picture(string address, int? width, string expected) =>
        Assert.Equal(expected, PictureWidths.SourceInList(address, width));
}
