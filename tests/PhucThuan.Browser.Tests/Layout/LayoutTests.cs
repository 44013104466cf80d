using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Layout;

/// <summary>The layout with extreme content.</summary>
[Collection(nameof(DifficultSite))]
public sealed class LayoutTests(BrowserFixture browser, DifficultSite site)
{
    [Theory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task A_very_long_word_does_not_widen_a_page(int width)
    {
        await using var reader = await site.OpenAsync(browser, width);
        foreach (
            var address in new[]
            {
                "/",
                DifficultSite.LongTitle,
                DifficultSite.Neighbour,
                "/chuyen-muc/thong-bao",
                "/so-do-trang",
                "/tim-kiem?q=wwwwwwwwwwww",
            })
        {
            await reader.Page.GotoAsync(address);

            Assert.Equal(
                (address, width),
                (address, await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
        }
    }

    [Fact]
    public async Task The_pager_is_next_to_its_list_with_many_categories()
    {
        await using var reader = await site.OpenAsync(browser, 1440);
        await reader.Page.GotoAsync("/");

        var list = await reader.Page.Locator(".articles").BoundingBoxAsync();
        var pager = await reader.Page.Locator(".pager").BoundingBoxAsync();

        Assert.InRange(pager!.Y - (list!.Y + list.Height), 0, 24);
        Assert.InRange(pager.Height, 0, 160);
    }

    [Fact]
    public async Task A_tall_picture_fits_the_screen_and_causes_no_layout_shift()
    {
        await using var before = await site.OpenAsync(browser, 1440);
        await before.Page.RouteAsync("**/media/**", _ => Task.CompletedTask); // no response
        await before.Page.GotoAsync(DifficultSite.Document, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await using var after = await site.OpenAsync(browser, 1440);
        await after.Page.GotoAsync(DifficultSite.Document);
        foreach (var picture in new[] { ".body p img", "figure img" })
        {
            await after.Page.Locator(picture).ScrollIntoViewIfNeededAsync();
            await after.Page.BecomesTrueAsync($"document.querySelector('{picture}').naturalWidth > 0");

            Assert.InRange((await after.Page.Locator(picture).BoundingBoxAsync())!.Height, 300, 900);
            Assert.Equal(await SizeAsync(before.Page, picture), await SizeAsync(after.Page, picture));
            Assert.Equal(
                "contain",
                await after.Page.EvaluateAsync<string>(
                    "picture => getComputedStyle(document.querySelector(picture)).objectFit",
                    picture));
        }
    }

    [Fact]
    public async Task In_print_a_wide_table_and_a_tall_picture_fit_the_sheet()
    {
        const int PaperHeight = 1046; // CSS pixels
        await using var reader = await site.OpenAsync(browser, DifficultSite.PaperWidth);
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await reader.Page.GotoAsync(DifficultSite.Document);

        Assert.Equal(
            DifficultSite.PaperWidth,
            await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.InRange(
            await reader.Page.EvaluateAsync<double>("document.querySelector('table').getBoundingClientRect().right"),
            0,
            DifficultSite.PaperWidth);
        Assert.InRange((await SizeAsync(reader.Page, "figure img")).Height, 300, PaperHeight);
    }

    [Fact]
    public async Task On_a_phone_the_title_is_near_the_top_and_shown_once()
    {
        await using var reader = await site.OpenAsync(browser, 320);
        await reader.Page.GotoAsync(DifficultSite.Document);

        Assert.InRange((await reader.Page.Locator("header.site").BoundingBoxAsync())!.Height, 60, 120);
        Assert.InRange((await reader.Page.Locator("h1").BoundingBoxAsync())!.Y, 100, 200);
        Assert.Equal("Quyết định", await reader.Page.Locator(".breadcrumbs [aria-current]").TextContentAsync());
        Assert.InRange((await reader.Page.Locator(".breadcrumbs li").Last.BoundingBoxAsync())!.Width, 0, 1);
    }

    [Theory]
    [InlineData("/?trang=2")]
    [InlineData("/tim-kiem?q=thong+bao")]
    public async Task A_pager_marks_the_current_page_and_fits_a_phone(string address)
    {
        await using var reader = await site.OpenAsync(browser, 320);
        await reader.Page.GotoAsync(address);
        var pager = reader.Page.GetByRole(AriaRole.Navigation, new() { Name = "Các trang của danh sách" });

        Assert.Equal(320, await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Expect(pager.Locator("[aria-current=page]")).ToHaveTextAsync(address.EndsWith('2') ? "2" : "1");
        await pager.GetByRole(AriaRole.Link, new() { Name = "Trang 2", Exact = true }).ClickAsync();

        Assert.Contains("trang=2", reader.Page.Url, StringComparison.Ordinal);
        await Expect(pager.Locator("[rel=prev]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_home_page_has_a_search_form()
    {
        await using var reader = await site.OpenAsync(browser, 320);
        await reader.Page.GotoAsync("/");
        await reader.Page.GetByLabel("Tìm trong các bài viết").FillAsync("quyet dinh");
        await reader.Page.Keyboard.PressAsync("Enter");

        await Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = "Quyết định" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_site_map_links_to_the_articles_that_it_omits()
    {
        await using var reader = await site.OpenAsync(browser, 1440);
        await reader.Page.GotoAsync("/so-do-trang");

        await Expect(
                reader
                    .Page.GetByRole(AriaRole.Listitem)
                    .Filter(new() { HasText = "Còn 2 bài khác" })
                    .GetByRole(AriaRole.Link))
            .ToHaveAttributeAsync("href", "/");
    }

    [Theory]
    [InlineData(768)]
    [InlineData(1280)]
    [InlineData(1920)]
    public async Task The_largest_type_leaves_room_for_lists(int width)
    {
        await using var reader = await site.OpenAsync(browser, width);
        await reader.Page.AddInitScriptAsync("""localStorage.setItem('phucthuan.reading', '{"size":5}')""");
        await reader.Page.GotoAsync("/");

        var narrowest = await reader.Page.EvaluateAsync<double>(
            "Math.min(...[...document.querySelectorAll('.articles li > div')].map(text => text.clientWidth))");

        Assert.InRange(narrowest, 18 * 16 * 2, width); // 18 rem
    }

    [Theory]
    [InlineData("/?trang=2")]
    [InlineData(DifficultSite.Document)]
    [InlineData(DifficultSite.Gone)]
    [InlineData("/bai-viet/tu-word")]
    [InlineData("/bai-viet/tu-google-docs")]
    [InlineData("/bai-viet/tu-libreoffice")]
    public async Task A_page_has_no_accessibility_violation_in_high_contrast_and_largest_type(string address)
    {
        foreach (
            var (scheme, width, setting) in new[]
            {
                (ColorScheme.Light, 1440, """{"contrast":true}"""),
                (ColorScheme.Dark, 320, """{"size":5,"contrast":true}"""),
            })
        {
            await using var reader = await browser.OpenAsync(
                new()
                {
                    BaseURL = site.Address.ToString(),
                    ColorScheme = scheme,
                    ViewportSize = new() { Width = width, Height = 900 },
                });
            await reader.Page.AddInitScriptAsync($"localStorage.setItem('phucthuan.reading', '{setting}')");
            await reader.Page.GotoAsync(address);
            await Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("data-contrast", "");

            await reader.Page.AssertAccessibleAsync();
        }
    }

    private static async Task<(float Width, float Height)> SizeAsync(IPage page, string element)
    {
        var box = await page.Locator(element).BoundingBoxAsync();
        return (box!.Width, box.Height);
    }
}
