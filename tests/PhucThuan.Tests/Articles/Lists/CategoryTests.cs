using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PhucThuan.Tests.Articles.Lists;

public sealed class CategoryTests : IAsyncLifetime
{
    private const int Categories = 14;

    private readonly AzuriteFixture _storage = new();
    private PortalHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.InitializeAsync();
        for (var number = 1; number <= Categories; number++)
        {
            await _storage.UploadAsync(
                $"bai-{number}",
                $"<title>Bài {number}</title><meta name=category content='Mục {number}'><meta name=date "
                    + $"content=2026-01-{number:00}>");
        }

        _host = new PortalHost(_storage.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task The_home_page_limits_the_categories_and_links_to_all()
    {
        var home = await OpenAsync("/");
        var overview = await OpenAsync("/so-do-trang");

        Assert.Equal(8 + 1, home.QuerySelectorAll(".topics a").Length);
        Assert.Single(home.QuerySelectorAll("main a[href='/so-do-trang']"));
        Assert.Equal("Mục 1", home.QuerySelector(".topics a")!.TextContent);
        Assert.Equal(Categories, overview.QuerySelectorAll("h3 a[href^='/chuyen-muc/']").Length);
    }

    [Fact]
    public async Task Spellings_of_a_category_share_one_name()
    {
        await _storage.UploadAsync(
            "bai-15", "<title>Bài 15</title><meta name=category content='muc 3'><meta name=date content=2026-02-01>");
        await _storage.UploadAsync(
            "bai-16", "<title>Bài 16</title><meta name=category content='MỤC 3'><meta name=date content=2026-02-02>");

        var home = await OpenAsync("/");
        var article = await OpenAsync("/bai-viet/bai-15");

        Assert.Equal(
            ["Mục 3", "Mục 3", "Mục 3"], home.QuerySelectorAll(".articles .category a[href='/chuyen-muc/muc-3']")
                .Select(link => link.TextContent));
        Assert.Equal("Mục 3", home.QuerySelector(".topics a[href='/chuyen-muc/muc-3']")!.TextContent);
        Assert.Equal("Mục 3", article.QuerySelector(".breadcrumbs a[href='/chuyen-muc/muc-3']")!.TextContent);
    }

    private async Task<IHtmlDocument> OpenAsync(string address)
    {
        using var client = _host.CreateClient();
        return await new HtmlParser()
            .ParseDocumentAsync(await client.GetStringAsync(address, Cancellation), Cancellation);
    }
}
