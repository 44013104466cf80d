using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Layout;

/// <summary>Wide and long tables, on phones, wide screens and paper.</summary>
[Collection(nameof(DifficultSite))]
public sealed class TableLayoutTests(BrowserFixture browser, DifficultSite site)
{
    private const string VaccinationTable = "/bai-viet/lich-tiem-chung-cho-tre-quy-iv-nam-2026";

    [Theory]
    [InlineData(320, Media.Screen)]
    [InlineData(1440, Media.Screen)]
    [InlineData(DifficultSite.PaperWidth, Media.Print)]
    public async Task No_word_in_a_table_is_broken(int width, Media media)
    {
        await using var reader = await site.OpenAsync(browser, width);
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
    public async Task Column_heads_and_names_stay_in_sight_in_a_long_table(int width)
    {
        await using var reader = await site.OpenAsync(browser, width);
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
    public async Task A_wide_table_extends_beyond_the_text_column_on_a_wide_screen()
    {
        await using var reader = await site.OpenAsync(browser, 1440);
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
        await using var reader = await site.OpenAsync(browser, 320);
        await reader.Page.GotoAsync(DifficultSite.Document);
        var box = reader.Page.GetByRole(AriaRole.Region, new() { Name = "Danh sách" });

        await box.FocusAsync();
        await reader.Page.Keyboard.PressAsync("ArrowRight");

        await Expect(box).ToBeFocusedAsync();
        await reader.Page.BecomesTrueAsync("document.querySelector('.table-scroll').scrollLeft > 0");
    }

    [Fact]
    public async Task A_table_of_seven_columns_fits_a_wide_screen_without_extra_cell_margins()
    {
        await using var reader = await browser.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await reader.Page.GotoAsync(VaccinationTable);
        Assert.True(
            await reader.Page.EvaluateAsync<bool>(
                "(box => box.scrollWidth <= box.clientWidth)(document.querySelector('.table-scroll'))"));

        await using var other = await site.OpenAsync(browser, 1440);
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

        // An area beside the short caption, which contains nothing but the shadow.
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
}
