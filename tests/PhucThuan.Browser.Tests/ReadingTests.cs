using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests;

/// <summary>Each kind of page on wide and small screens, in light and dark mode, by keyboard, without script.</summary>
public sealed class ReadingTests(BrowserFixture browser)
{
    private const string WithTable = "/bai-viet/lich-tiem-chung-cho-tre-quy-iv-nam-2026";
    private const string WithPictures = "/bai-viet/vu-che-thu-sang-som-tren-nhung-doi-che";

    private const string Statistics = "/thong-ke";
    private const string Categories = "/chuyen-muc";
    private const string CategoryPage = "/chuyen-muc/thong-bao";
    private const string About = "/ve-cong-thong-tin";
    private const string SiteMap = "/so-do-trang";

    private const string Search = "/tim-kiem";
    private const string Found = "/tim-kiem?q=nuoc";
    private const string NothingFound = "/tim-kiem?q=khongcotunay";
    private const string Alike = "/tim-kiem?q=s%E1%BB%95+%C4%91%E1%BB%8F";

    public static TheoryData<string> PageKinds =>
    [
        "/", WithTable, WithPictures, Statistics, Categories, CategoryPage, SiteMap, About, Search, Found, NothingFound,
        Alike, "/bai-viet/khong-co", "/doc-ngoai-tuyen",
    ];

    [Theory]
    [MemberData(nameof(PageKinds))]
    public async Task A_page_has_no_accessibility_violation_on_a_wide_screen_and_loads_without_errors(string address)
    {
        await using var reader = await browser.OpenAsync(new()
        {
            ColorScheme = ColorScheme.Light,
            ViewportSize = new() { Width = 1440, Height = 900 },
        });
        var response = await reader.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });

        await reader.Page.AssertAccessibleAsync();
        if (response!.Ok) // the console has an entry for an error status
        {
            Assert.Empty(reader.Troubles);
        }
    }

    [Theory]
    [MemberData(nameof(PageKinds))]
    public async Task A_page_in_dark_mode_fits_320_pixels_has_no_violation_and_is_used_by_keyboard(string address)
    {
        await using var reader = await browser.OpenAsync(new()
        {
            ColorScheme = ColorScheme.Dark,
            ViewportSize = new() { Width = 320, Height = 640 },
        });
        await reader.Page.GotoAsync(address);

        Assert.Equal(320, await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await reader.Page.AssertAccessibleAsync();
        await reader.Page.AssertReachedByKeyboardAsync();
    }

    [Theory]
    [MemberData(nameof(PageKinds))]
    public async Task A_page_without_script_fits_320_pixels_and_has_no_button_that_needs_script(string address)
    {
        await using var reader = await browser.OpenAsync(new()
        {
            JavaScriptEnabled = false,
            ViewportSize = new() { Width = 320, Height = 640 },
        });
        await reader.Page.GotoAsync(address);

        Assert.Equal(320, await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
        await Expect(reader.Page.Locator("button:visible:not(form button)")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1440)]
    public async Task Categories_are_above_the_lead_story_on_narrow_screens_and_beside_it_on_wide_ones(int width)
    {
        await using var reader = await browser.OpenAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = 900 },
            });
        await reader.Page.GotoAsync("/");

        var lead = await reader.Page.Locator(".lead li").First.BoundingBoxAsync();
        var category = await reader.Page.GetByRole(AriaRole.Navigation, new() { Name = "Chuyên mục" })
            .GetByRole(AriaRole.Link, new() { Name = "Thủ tục hành chính" }).BoundingBoxAsync();

        Assert.True(
            width == 320 ? category!.Y + category.Height <= lead!.Y : category!.X >= lead!.X + lead.Width,
            $"{category.X} {category.Y}");
        Assert.InRange(category.Y, 0, 900);
        if (width == 1440)
        {
            var topics = await reader.Page.Locator(".topics").BoundingBoxAsync();
            var second = await reader.Page.Locator(".lead li").Nth(1).BoundingBoxAsync();
            Assert.InRange(second!.Y - (topics!.Y + topics.Height), 0, 40); // no empty column
            Assert.Equal(topics.X, second.X);
            Assert.Equal(lead!.Y + lead.Height, second.Y + second.Height, 1.0);
        }
    }

    [Fact]
    public async Task The_page_follows_the_preferred_color_scheme()
    {
        await using var light = await browser.OpenAsync(new() { ColorScheme = ColorScheme.Light });
        await using var dark = await browser.OpenAsync(new() { ColorScheme = ColorScheme.Dark });
        await light.Page.GotoAsync(WithTable);
        await dark.Page.GotoAsync(WithTable);

        Assert.True(await BrightnessAsync(light.Page) > 200);
        Assert.True(await BrightnessAsync(dark.Page) < 60);
    }

    [Fact]
    public async Task The_first_Tab_focuses_the_skip_link()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync(WithTable);

        await reader.Page.Keyboard.PressAsync("Tab");
        var skip = reader.Page.GetByText("Truy cập nội dung luôn");
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
        await reader.Page.Keyboard.PressAsync("Enter");

        await Expect(reader.Page.Locator("main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Pictures_are_shown_with_their_captions()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync(WithPictures);
        var picture = reader.Page.Locator("figure img").First;

        await picture.ScrollIntoViewIfNeededAsync();

        await reader.Page.BecomesTrueAsync("document.querySelector('figure img').naturalWidth > 0");
        await Expect(reader.Page.Locator("figcaption").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_picture_opens_above_the_page_and_closes_by_keyboard()
    {
        await using var reader = await browser.OpenAsync();
        var requests = new ConcurrentQueue<string>();
        reader.Page.Request += (_, request) => requests.Enqueue(request.Url);
        await reader.Page.GotoAsync(WithPictures);
        var link = reader.Page.Locator("a.enlarge").First;
        Assert.DoesNotContain(requests, address => address.Contains("enlarge", StringComparison.Ordinal));

        for (var time = 0; time < 2; time++)
        {
            await link.FocusAsync();
            await reader.Page.Keyboard.PressAsync("Enter");
            await Expect(reader.Page.Locator("dialog")).ToBeVisibleAsync();
            await reader.Page.BecomesTrueAsync("document.querySelector('dialog img').naturalWidth > 0");
            await reader.Page.AssertAccessibleAsync();

            await reader.Page.Keyboard.PressAsync("Escape");
            await Expect(reader.Page.Locator("dialog")).ToBeHiddenAsync();
            await Expect(link).ToBeFocusedAsync();
        }

        Assert.Single(requests, address => address.Contains("enlarge", StringComparison.Ordinal));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task Without_the_script_a_picture_opens_as_a_document()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.RouteAsync("**/enlarge.*.js", route => route.AbortAsync());
        await reader.Page.GotoAsync(WithPictures);

        await reader.Page.Locator("a.enlarge").First.ClickAsync();

        await reader.Page.WaitForURLAsync("**/media/*.jpg");
    }

    [Fact]
    public async Task The_table_of_contents_leads_to_a_section_and_back_by_keyboard()
    {
        await using var reader = await browser.OpenAsync(new() { ViewportSize = new() { Width = 360, Height = 640 } });
        await reader.Page.GotoAsync("/bai-viet/thu-tuc-dang-ky-khai-sinh-cho-tre");

        var last = reader.Page.Locator(".contents a").Last;
        var title = await last.TextContentAsync();
        await last.FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");

        await Expect(reader.Page.Locator(":target")).ToHaveTextAsync(title!);
        await Expect(reader.Page.Locator(":target")).ToBeInViewportAsync();
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Về đầu trang" }).FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        await Expect(reader.Page.Locator("main")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("2026-11-18T16:59:00Z", "Hôm nay, 18/11/2026, 16:30")]
    [InlineData("2026-11-18T17:00:00Z", "Thứ Tư, 18/11/2026, 16:30")]
    public async Task A_list_marks_articles_of_today_in_Viet_Nam(string now, string shown)
    {
        await using var reader = await browser.OpenAsync(new() { TimezoneId = "America/New_York" });
        await reader.Page.Clock.SetFixedTimeAsync(now);
        await reader.Page.GotoAsync(CategoryPage);

        await Expect(reader.Page.Locator("time[datetime^='2026-11-18T16:30']")).ToHaveTextAsync(shown);
    }

    private static Task<double> BrightnessAsync(IPage page) => page.EvaluateAsync<double>(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a +"
            + " b) / 3");
}
