using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles.Import.Limits;
using PhucThuan.Tests.Media.Pictures;

namespace PhucThuan.Tests.Articles.Markup;

public sealed class ArticlePicturesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string Smaller = "/media/lon.jpg?w=480 480w, /media/lon.jpg?w=640 640w, "
        + "/media/lon.jpg?w=720 720w, /media/lon.jpg 900w";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_of_the_portal_has_a_srcset_and_editors_cannot_set_their_own()
    {
        await UploadAsync("lon.jpg", 900);
        await UploadAsync("nho.jpg", 300);
        await portal.Storage.UploadAsync("nhieu-co", """
            <meta name="image" content="media/lon.jpg">
            <p><img src="media/lon.jpg"><img src="media/lon.jpg" width="200" height="150"
              srcset="https://xa.test/x.jpg 2x" sizes="1px">
            <img src="media/nho.jpg" srcset="media/lon.jpg 2x"><img src="media/khong-co.jpg"></p>
            """);

        var page = await new HtmlParser()
            .ParseDocumentAsync(await portal.Client.GetStringAsync("/bai-viet/nhieu-co", Cancellation), Cancellation);

        var pictures = page.QuerySelectorAll(".body img").ToList();
        Assert.Equal([Smaller, Smaller, null, null], pictures.Select(picture => picture.GetAttribute("srcset")));
        Assert.Equal(
            ["(min-width: 768px) 736px, calc(100vw - 2rem)", "(min-width: 232px) 200px, calc(100vw - 2rem)", null,
                null],
            pictures.Select(picture => picture.GetAttribute("sizes")));
        Assert.Equal(["900", "200", "300", null], pictures.Select(picture => picture.GetAttribute("width")));
        Assert.EndsWith(
            "/media/lon.jpg", page.QuerySelector("meta[property='og:image']")!.GetAttribute("content"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cover_and_list_pictures_have_a_srcset_too()
    {
        await UploadAsync("lon.jpg", 900);
        await portal.Storage.UploadAsync("bia", "<title>Bìa</title><meta name=image content=media/lon.jpg><p>Chữ.");
        await portal.Storage.UploadAsync(
            "thieu", "<title>Thiếu</title><meta name=image content=media/thieu.jpg><p>Chữ.");

        var page = await new HtmlParser()
            .ParseDocumentAsync(await portal.Client.GetStringAsync("/bai-viet/bia", Cancellation), Cancellation);
        Assert.Equal(Smaller, page.QuerySelector(".cover img")!.GetAttribute("srcset"));
        await Eventually.AssertAsync(async () =>
        {
            var list = await new HtmlParser()
                .ParseDocumentAsync(await portal.Client.GetStringAsync("/", Cancellation), Cancellation);
            Assert.Equal(Smaller, list.QuerySelector("li:has([href='/bai-viet/bia']) img")?.GetAttribute("srcset"));
            Assert.Equal(
                "/media/thieu.jpg?w=960",
                list.QuerySelector("li:has([href='/bai-viet/thieu']) img")?.GetAttribute("src"));
        });
    }

    [Theory]
    [InlineData("dau-bai", "", 0, 1)]
    [InlineData("sau-doan", "", 390, 1)]
    [InlineData("cuoi-bai", "", 410, 0)]
    [InlineData("sau-bia", "<meta name=image content=media/bia.jpg>", 0, 0)]
    public async Task The_first_picture_is_not_lazy_where_it_may_be_on_the_first_screen(
        string slug, string metadata, int charactersBefore, int eager)
    {
        await UploadAsync("lon.jpg", 900);
        await UploadAsync("bia.jpg", 900);
        await portal.Storage.UploadAsync(
            slug,
            $"<title>Ảnh</title>{metadata}<p>{new string('x', charactersBefore)}</p>"
                + "<p><img src=media/lon.jpg alt=Một></p><p><img src=media/lon.jpg alt=Hai></p>");

        var page = await new HtmlParser()
            .ParseDocumentAsync(await portal.Client.GetStringAsync($"/bai-viet/{slug}", Cancellation), Cancellation);

        var pictures = page.QuerySelectorAll(".body img").ToList();
        Assert.Equal(2, pictures.Count);
        Assert.Equal(
            pictures.Take(eager),
            pictures.Where(picture => picture.GetAttribute("fetchpriority") == "high"));
        Assert.Equal(
            pictures.Skip(eager),
            pictures.Where(picture => picture.GetAttribute("loading") == "lazy"));
        Assert.All(
            page.QuerySelectorAll(".cover img"),
            cover => Assert.Equal("high", cover.GetAttribute("fetchpriority")));
    }

    [Theory]
    [InlineData("qua-lon.png", "iVBORw0KGgoAAAANSUhEUgAAJxAAACcQ")]
    [InlineData("qua-lon.gif", "R0lGODlhECcQJw==")]
    [InlineData("qua-lon.avif", "AAAADGZ0eXBhdmlmAAAAFGlzcGUAAAAAAAAnEAAAJxA=")]
    public async Task A_picture_that_is_too_large_is_shown_nowhere(string name, string header)
    {
        var slug = name.Replace('.', '-');
        await portal.Storage.Media.GetBlobClient(name).UploadAsync(
            BinaryData.FromBytes(Convert.FromBase64String(header)), overwrite: true, Cancellation);
        await portal.Storage.UploadAsync(
            slug, $"<title>Khổng lồ {slug}</title><meta name=image content='media/{name}'><img src='media/{name}'>Chữ");

        await Eventually.AssertAsync(async () =>
        {
            foreach (var address in new[] { "/", "/bai-viet/" + slug, "/tim-kiem?q=khong+lo" })
            {
                var page = await portal.Client.GetStringAsync(address, Cancellation);

                Assert.Contains(slug, page, StringComparison.Ordinal);
                Assert.DoesNotMatch($"<img[^>]*{Regex.Escape(name)}", page);
            }
        });
    }

    [Fact]
    public async Task A_picture_that_is_uploaded_after_its_article_gets_its_size()
    {
        await portal.Storage.UploadAsync("den-sau", "<p><img src=media/den-sau.jpg alt='Ảnh'>");
        Assert.DoesNotContain(
            "width=\"900\"", await portal.Client.GetStringAsync("/bai-viet/den-sau", Cancellation),
            StringComparison.Ordinal);

        await UploadAsync("den-sau.jpg", 900);

        await Eventually.AssertAsync(async () =>
            Assert.Contains(
                "width=\"900\"", await portal.Client.GetStringAsync("/bai-viet/den-sau", Cancellation),
                StringComparison.Ordinal));
    }

    // Regression test: one picture causes the whole body to be serialised again, which took AngleSharp two minutes.
    [Fact]
    public async Task A_picture_in_a_very_long_article_does_not_delay_the_page()
    {
        await UploadAsync("lon.jpg", 900);
        const int Sections = 10;
        var lines = string.Concat(Enumerable.Repeat("chè<br>", MarkupLimit.MaxTags / Sections - 3));
        await portal.Storage.UploadAsync(
            "rat-dai",
            "<img src=media/lon.jpg>" + string.Concat(Enumerable.Repeat($"<div>{lines}</div>", Sections)));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(100));

        var page = await new HtmlParser().ParseDocumentAsync(
            await portal.Client.GetStringAsync("/bai-viet/rat-dai", limit.Token), limit.Token);
        Assert.Equal(Smaller, page.QuerySelector(".body img")?.GetAttribute("srcset"));
    }

    private async Task UploadAsync(string name, int width) =>
        await portal.Storage.Media.GetBlobClient(name).UploadAsync(
        BinaryData.FromBytes(TestPicture.Photograph(width, width * 3 / 4)), overwrite: true, Cancellation);
}
