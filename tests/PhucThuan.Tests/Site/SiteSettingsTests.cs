using System.Net;
using AngleSharp.Html.Parser;

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
    public async Task The_default_icon_address_redirects_to_the_icon()
    {
        await using var portal = new PortalHost(storage.ConnectionString);
        using var client = portal.CreateClient();

        using var response = await client.GetAsync("/favicon.ico", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
    }
}
