using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests;

/// <summary>The layout with extreme content.</summary>
public sealed class LayoutTests(BrowserFixture browser, DifficultSite site) : IClassFixture<DifficultSite>
{
    private const string VaccinationTable = "/bai-viet/lich-tiem-chung-cho-tre-quy-iv-nam-2026";

    /// <summary>CSS pixels between Chromium's default margins on A4.</summary>
    private const int PaperWidth = 718;

    [Theory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task A_very_long_word_widens_no_page(int width)
    {
        await using var reader = await OpenAsync(width);
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

    [Theory]
    [InlineData(320, Media.Screen)]
    [InlineData(1440, Media.Screen)]
    [InlineData(PaperWidth, Media.Print)]
    public async Task No_word_in_a_table_is_broken(int width, Media media)
    {
        await using var reader = await OpenAsync(width);
        await reader.Page.EmulateMediaAsync(new() { Media = media });
        await reader.Page.GotoAsync(DifficultSite.Document);

        var broken = await reader.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('td p, th')].map(cell => cell.firstChild).flatMap(text =>
              [...text.data.matchAll(/\S+/g)].filter(word => {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                return range.getClientRects().length > 1;
              }).map(word => word[0]))
            """);

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task Head_and_name_stay_in_sight_in_a_long_table(int width)
    {
        await using var reader = await OpenAsync(width);
        await reader.Page.GotoAsync(DifficultSite.LongTable);

        var places = await reader.Page.EvaluateAsync<double[]>("""
            async () => {
              const box = document.querySelector('.table-scroll');
              box.scrollIntoView();
              box.scrollTo(300, 5000);
              await new Promise(requestAnimationFrame);
              const outer = box.getBoundingClientRect();
              const head = box.querySelector('th').getBoundingClientRect();
              const name = document.elementFromPoint(outer.x + 60, outer.y + outer.height / 2).closest('td');
              return [outer.height, head.y - outer.y, head.x - outer.x, name.cellIndex];
            }
            """);

        Assert.InRange(places[0], 300, 900);
        Assert.Equal([0, 0, 1], places[1..].Select(place => Math.Round(place)));
        Assert.Equal(width, await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task A_wide_table_leaves_the_column_of_text_where_the_screen_has_room()
    {
        await using var reader = await OpenAsync(1440);
        await reader.Page.GotoAsync(DifficultSite.Document);

        var box = await reader.Page.Locator(".table-scroll").BoundingBoxAsync();
        var text = await reader.Page.Locator("article > header").BoundingBoxAsync();
        var caption = await reader.Page.Locator("caption").BoundingBoxAsync();

        Assert.Equal(text!.X, box!.X);
        Assert.InRange(box.Width, text.Width + 200, 1440);
        Assert.InRange(caption!.Width, 0, text.Width);
    }

    [Fact]
    public async Task A_wide_table_scrolls_by_keyboard_inside_its_box()
    {
        await using var reader = await OpenAsync(320);
        await reader.Page.GotoAsync(DifficultSite.Document);
        var box = reader.Page.GetByRole(AriaRole.Region, new() { Name = "Danh sách" });

        await box.FocusAsync();
        await reader.Page.Keyboard.PressAsync("ArrowRight");

        await Expect(box).ToBeFocusedAsync();
        await reader.Page.BecomesTrueAsync("document.querySelector('.table-scroll').scrollLeft > 0");
    }

    [Fact]
    public async Task The_pager_is_next_to_its_list_with_many_categories()
    {
        await using var reader = await OpenAsync(1440);
        await reader.Page.GotoAsync("/");

        var list = await reader.Page.Locator(".articles").BoundingBoxAsync();
        var pager = await reader.Page.Locator(".pager").BoundingBoxAsync();

        Assert.InRange(pager!.Y - (list!.Y + list.Height), 0, 24);
        Assert.InRange(pager.Height, 0, 160);
    }

    [Fact]
    public async Task A_table_of_seven_columns_fits_a_wide_screen_without_extra_cell_margins()
    {
        await using var reader = await browser.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await reader.Page.GotoAsync(VaccinationTable);
        Assert.True(
            await reader.Page.EvaluateAsync<bool>(
                "(box => box.scrollWidth <= box.clientWidth)(document.querySelector('.table-scroll'))"));

        await using var other = await OpenAsync(1440);
        await other.Page.GotoAsync(DifficultSite.Document);
        Assert.Equal(
            "0px",
            await other.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('td p')).marginBottom"));
    }

    [Theory]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.Active)]
    public async Task A_shadow_shows_that_a_table_can_be_scrolled_until_its_end(ColorScheme scheme, ForcedColors forced)
    {
        await using var reader = await browser.OpenAsync(new()
        {
            BaseURL = site.Address.ToString(),
            ColorScheme = scheme,
            ForcedColors = forced,
            ViewportSize = new() { Width = 320, Height = 640 },
        });
        await reader.Page.GotoAsync(DifficultSite.Document);
        var box = await reader.Page.Locator(".table-scroll").BoundingBoxAsync();

        // An empty area beside the short caption.
        Task<byte[]> EdgeAsync() =>
            reader.Page.ScreenshotAsync(
                new()
                {
                    Clip = new()
                    {
                        X = box!.X + box.Width - 8,
                        Y = box.Y + 4,
                        Width = 8,
                        Height = 12,
                    },
                });
        var paper = await reader.Page.ScreenshotAsync(
            new()
            {
                Clip = new()
                {
                    X = box!.X + box.Width,
                    Y = box.Y + 4,
                    Width = 8,
                    Height = 12,
                },
            });
        Assert.NotEqual(paper, await EdgeAsync());

        await reader.Page.EvaluateAsync("document.querySelector('.table-scroll').scrollLeft = 10000");

        Assert.Equal(paper, await EdgeAsync());
    }

    [Fact]
    public async Task A_tall_picture_fits_the_screen_and_causes_no_layout_shift()
    {
        await using var before = await OpenAsync(1440);
        await before.Page.RouteAsync("**/media/**", _ => Task.CompletedTask); // never answered
        await before.Page.GotoAsync(DifficultSite.Document);
        await using var after = await OpenAsync(1440);
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
        await using var reader = await OpenAsync(PaperWidth);
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await reader.Page.GotoAsync(DifficultSite.Document);

        Assert.Equal(PaperWidth, await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.InRange(
            await reader.Page.EvaluateAsync<double>("document.querySelector('table').getBoundingClientRect().right"),
            0,
            PaperWidth);
        Assert.InRange((await SizeAsync(reader.Page, "figure img")).Height, 300, PaperHeight);
    }

    [Fact]
    public async Task On_a_phone_the_title_is_near_the_top_and_shown_once()
    {
        await using var reader = await OpenAsync(320);
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
        await using var reader = await OpenAsync(320);
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
        await using var reader = await OpenAsync(320);
        await reader.Page.GotoAsync("/");
        await reader.Page.GetByLabel("Tìm trong các bài viết").FillAsync("quyet dinh");
        await reader.Page.Keyboard.PressAsync("Enter");

        await Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = "Quyết định" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_site_map_links_to_the_articles_that_it_omits()
    {
        await using var reader = await OpenAsync(1440);
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
    public async Task The_largest_type_leaves_room_for_the_list(int width)
    {
        await using var reader = await OpenAsync(width);
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

    private Task<OpenPage> OpenAsync(int width) =>
        browser.OpenAsync(
            new()
            {
                BaseURL = site.Address.ToString(),
                ViewportSize = new() { Width = width, Height = 900 },
            });
}
