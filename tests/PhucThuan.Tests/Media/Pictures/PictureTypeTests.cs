using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Media.Pictures;

namespace PhucThuan.Tests.Media.Pictures;

[Fast]
public sealed class PictureTypeTests
{
    [Theory]
    [InlineData("image/webp")]
    [InlineData("IMAGE/WebP")]
    [InlineData("image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8")] // Chromium, in a page
    [InlineData("image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5")] // Firefox, in a page
    [InlineData("image/webp,image/avif,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5")] // Safari
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8")]
    [InlineData("image/jpeg, image/webp")]
    [InlineData("image/webp;q=0.9, image/jpeg;q=0.8")]
    [InlineData("image/webp;q=0.1, text/html")]
    [InlineData("image/webp;q=0.7, image/*;q=0.9, image/jpeg;q=0.5")] // the more specific range counts
    [InlineData("image/jpeg;q=0, image/webp;q=0.001")]
    [InlineData("???, image/webp")]
    public void A_client_that_names_webp_gets_it(string accept) => Assert.Equal(PictureType.WebP, Preferred(accept));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("image/*")]
    [InlineData("image/jpeg")]
    [InlineData("image/webp;q=0")]
    [InlineData("image/webp;q=0.000, */*")]
    [InlineData("image/webp; q=0, image/*")]
    [InlineData("image/jpeg, image/webp;q=0.5")]
    [InlineData("image/*, image/webp;q=0.5")]
    [InlineData("*/*, image/webp;q=0.5")]
    [InlineData("image/webpx, x-image/webp")]
    [InlineData("image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5")] // Safari 13, without WebP
    [InlineData(",;=")]
    public void Others_get_jpeg(string? accept) => Assert.Equal(PictureType.Jpeg, Preferred(accept));

    private static PictureType Preferred(string? accept)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Accept = accept;
        return PictureType.PreferredBy(context.Request);
    }
}
