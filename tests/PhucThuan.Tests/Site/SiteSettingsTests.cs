using System.Net;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Site;

namespace PhucThuan.Tests.Site;

/// <summary>Tests of the contact in the footer and of the default icon.</summary>
public sealed class SiteSettingsTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "Cơ quan chủ quản: UBND xã <A> | | Điện thoại: 0208",
        new[] { "Cơ quan chủ quản: UBND xã <A>", "Điện thoại: 0208" })]
    [InlineData("", new string[0])]
    [InlineData(null, new string[0])]
    public async Task Every_page_shows_the_contact_in_the_footer(string? contact, string[] lines)
    {
        await using var portal =
            new PortalHost(storage.ConnectionString, settings: new() { ["Site:Contact"] = contact });
        using var client = portal.CreateClient();

        using var response = await client.GetAsync("/khong/co", Cancellation);
        var page = await new HtmlParser()
            .ParseDocumentAsync(await response.Content.ReadAsStringAsync(Cancellation), Cancellation);

        Assert.Equal(lines, page.QuerySelectorAll("footer.site address p").Select(line => line.TextContent));
    }

    [Fact]
    public async Task A_reader_can_call_and_write_to_the_responsible_persons()
    {
        await using var portal = new PortalHost(storage.ConnectionString, settings: new()
        {
            ["Contact:Body"] = "UBND <xã>",
            ["Contact:Person"] = "Chủ tịch UBND xã",
            ["Contact:Licence"] = "Số 1/GP",
            ["Contact:Address"] = "Xóm Đài",
            ["Contact:Hours"] = "7 giờ – 17 giờ",
            ["Contact:Phones"] = "Một cửa: (0208) 3863.123 | | Cấp cứu: 115 | Zalo: +84 912 345 678",
            ["Contact:Email"] = "ubnd@example.vn",
            ["Contact:Links"] = "Tỉnh = https://tinh.example.vn/a?b=c | Góp ý = mailto:gopy@example.vn",
        });
        using var client = portal.CreateClient();

        foreach (var address in new[] { "/khong/co", "/tim-kiem?q=khongcotunay", "/" })
        {
            // The search page offers help when it is sure that no article matches: when the index is complete.
            await Eventually.AssertAsync(async () =>
            {
                using var response = await client.GetAsync(address, Cancellation);
                var page = await new HtmlParser()
                    .ParseDocumentAsync(await response.Content.ReadAsStringAsync(Cancellation), Cancellation);

                var footer = page.QuerySelector("footer.site")!;
                Assert.Equal(
                    ["tel:02083863123", "tel:115", "tel:+84912345678", "mailto:ubnd@example.vn"],
                    footer.QuerySelectorAll("address a").Select(link => link.GetAttribute("href")));
                Assert.Contains("Cơ quan chủ quản: UBND <xã>", footer.TextContent, StringComparison.Ordinal);
                Assert.Contains("Giấy phép: Số 1/GP", footer.TextContent, StringComparison.Ordinal);
                Assert.Equal(
                    ["https://tinh.example.vn/a?b=c", "mailto:gopy@example.vn"],
                    footer.QuerySelectorAll("nav[aria-label='Liên kết'] a").Select(link => link.GetAttribute("href")));
                Assert.Equal(address == "/" ? 0 : 4, page.QuerySelectorAll("main .help a").Length);
            });
        }
    }

    [Fact]
    public async Task The_measuring_tag_adds_its_host_to_the_policies_and_is_disclosed()
    {
        await using var portal = new PortalHost(
            storage.ConnectionString, settings: new() { ["Site:MeasuringTag"] = "https://do.example.vn/the.js?ma=1" });
        using var client = portal.CreateClient();

        using var response = await client.GetAsync("/ve-cong-thong-tin", Cancellation);
        var page = await new HtmlParser()
            .ParseDocumentAsync(await response.Content.ReadAsStringAsync(Cancellation), Cancellation);
        using var missing = await client.GetAsync("/khong/co", Cancellation);

        Assert.Equal(
            "https://do.example.vn/the.js?ma=1",
            Assert.Single(page.QuerySelectorAll("script[src^=http]")).GetAttribute("src"));
        Assert.Equal(
            "default-src 'none'; style-src 'self'; script-src 'self' https://do.example.vn; worker-src 'self'; "
                + "img-src 'self' data: https://do.example.vn; media-src 'self'; connect-src 'self'"
                + " https://do.example.vn; "
                + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("credentialless", response.Headers.GetValues("Cross-Origin-Embedder-Policy").Single());
        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("do.example.vn", text, StringComparison.Ordinal);
        Assert.DoesNotContain("không có mã theo dõi", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "do.example.vn", await missing.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_has_its_own_emblem_banner_and_colours()
    {
        await using var portal = new PortalHost(storage.ConnectionString, settings: new()
        {
            ["Site:Emblem"] = "media/huy-hieu.png",
            ["Site:Banner"] = "media/canh-xa.jpg",
            ["Site:Accent"] = "#073763",
            ["Site:AccentDark"] = "#9fc5e8",
        });
        using var client = portal.CreateClient();

        var page = await new HtmlParser()
            .ParseDocumentAsync(await client.GetStringAsync("/", Cancellation), Cancellation);
        var styles = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        var style = await client.GetStringAsync(styles, Cancellation);

        Assert.Equal("/media/huy-hieu.png", page.QuerySelector(".name img")!.GetAttribute("src"));
        Assert.Equal("/media/canh-xa.jpg", page.QuerySelector(".banner")!.GetAttribute("src"));
        Assert.Contains("--accent: #073763", style, StringComparison.Ordinal);
        Assert.Contains("--accent: #9fc5e8", style, StringComparison.Ordinal);
        Assert.All(
            AccentColor.LightBackgrounds.Concat(AccentColor.DarkBackgrounds),
            color => Assert.Contains(color, style, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_default_icon_address_redirects_to_the_icon()
    {
        await using var portal = new PortalHost(storage.ConnectionString);
        using var client = portal.CreateClient();

        using var response = await client.GetAsync("/favicon.ico", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
    }
}
