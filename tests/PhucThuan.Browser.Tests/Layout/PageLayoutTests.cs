using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Layout;

/// <summary>Header, first screen, headings and tables of the samples on phones and wide screens.</summary>
public sealed class PageLayoutTests(BrowserFixture browser)
{
    private const string WithTable = "/bai-viet/lich-tiem-chung-cho-tre-quy-iv-nam-2026";

    private const string LargestType = """localStorage.setItem('phucthuan.reading', '{"size":5}')""";

    private static readonly string[] Kinds =
    [
        "/", WithTable, "/chuyen-muc/thong-bao", "/thong-ke", "/so-do-trang", "/tim-kiem?q=nuoc", "/bai-viet/khong-co",
    ];

    /// <summary>Script: the labels of the header that are visible, without clipped text.</summary>
    private const string ShownLabels = """
        () => ['/chuyen-muc', '/tim-kiem'].map(path => document.querySelector(`header.site nav [href="${path}"]`))
          .concat(document.querySelector('.reading summary')).map(label => [...label.childNodes]
            .filter(part => part.nodeType === Node.TEXT_NODE || getComputedStyle(part).clipPath === 'none')
            .map(part => part.textContent).join('').replace(' và màu', '').trim())
        """;

    [Theory]
    [InlineData(320, false)]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(768, false)]
    [InlineData(1440, false)]
    public async Task The_header_takes_one_row_of_one_size_on_every_page(int width, bool isLargest)
    {
        await using var reader = await OpenAsync(width, isLargest);
        var sizes = new HashSet<string>();
        foreach (var address in Kinds)
        {
            await reader.Page.GotoAsync(address);
            sizes.Add(await reader.Page.EvaluateAsync<string>("""
                () => ['.name', 'header.site nav', '.reading', 'header.site']
                  .map(part => document.querySelector(part).getBoundingClientRect())
                  .map(({ x, width, height }) => [x, width, height].map(Math.round)).join(' ')
                """));
        }

        Assert.Single(sizes);
        Assert.InRange((await reader.Page.Locator("header.site").BoundingBoxAsync())!.Height, 44, 80);
        Assert.Equal(
            ["Chuyên mục", "Tìm kiếm", "Cỡ chữ"],
            await reader.Page.EvaluateAsync<string[]>(ShownLabels));
        Assert.InRange(
            await reader.Page.EvaluateAsync<double>(
                "parseFloat(getComputedStyle(document.querySelector('.reading summary')).fontSize)"),
            14,
            50);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_lead_story_is_on_the_first_screen_of_a_phone(bool isLargest)
    {
        await using var reader = await OpenAsync(360, isLargest);
        await reader.Page.GotoAsync("/");

        var headline = await reader.Page.Locator(".lead h2").First.BoundingBoxAsync();
        var search = await reader.Page.GetByLabel("Tìm trong các bài viết").BoundingBoxAsync();
        var category = await reader.Page.Locator(".topics a").First.BoundingBoxAsync();

        // With the largest type, its first line; otherwise all of it.
        Assert.InRange(headline!.Y + (isLargest ? 60 : headline.Height), 0, 640);
        Assert.InRange(category!.Y + (category.Height / 2), search!.Y, search.Y + search.Height);
    }

    [Fact]
    public async Task The_reading_settings_open_below_their_button_and_close_again()
    {
        await using var reader = await OpenAsync(360);
        await reader.Page.GotoAsync(WithTable);
        var button = reader.Page.Locator(".reading summary");
        var panel = reader.Page.Locator(".reading > div");
        var before = await button.BoundingBoxAsync();
        var title = await reader.Page.Locator("h1").BoundingBoxAsync();

        await button.ClickAsync();

        var after = await button.BoundingBoxAsync();
        Assert.Equal((before!.X, before.Y), (after!.X, after.Y));
        Assert.Equal(title!.Y, (await reader.Page.Locator("h1").BoundingBoxAsync())!.Y);
        Assert.InRange((await panel.BoundingBoxAsync())!.Y, after.Y + after.Height - 1, after.Y + after.Height + 20);

        await button.ClickAsync();
        await Expect(panel).ToBeHiddenAsync();
        await button.ClickAsync();
        await reader.Page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();
        await button.ClickAsync();
        await reader.Page.Mouse.ClickAsync(5, 600);
        await Expect(panel).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1440, false)]
    public async Task The_title_is_the_largest_heading_and_levels_follow_in_size(int width, bool isLargest)
    {
        await using var reader = await OpenAsync(width, isLargest);
        foreach (var address in Kinds)
        {
            await reader.Page.GotoAsync(address);

            var sizes = await reader.Page.EvaluateAsync<double[]>("""
                () => ['h1', 'h2', 'h3', 'h4', 'main']
                  .map(level => [...document.querySelectorAll(level)].map(found => getComputedStyle(found).fontSize))
                  .map(sizes => Math.max(0, ...sizes.map(parseFloat)))
                """);

            Assert.Equal(sizes.Where(size => size > 0).OrderDescending(), sizes.Where(size => size > 0));
            Assert.True(sizes[0] > sizes[1], $"{address}: {string.Join(' ', sizes)}");
        }
    }

    [Fact]
    public async Task On_a_phone_each_row_of_a_table_is_a_card_with_the_names_of_the_columns()
    {
        await using var reader = await OpenAsync(390);
        await reader.Page.GotoAsync(WithTable);

        var card = await reader.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('tbody tr')[1].children].map(cell => {
              const { x, right, height } = cell.getBoundingClientRect();
              return `${getComputedStyle(cell, '::before').content} ${x >= 0 && right <= innerWidth} ${height < 80}`;
            })
            """);

        Assert.Equal(
            ["Buổi", "Ngày", "Thứ", "Giờ", "Điểm tiêm", "Trẻ ở các xóm", "Số trẻ dự kiến"],
            card.Select(line => line.Split('"')[1]));
        Assert.All(card, line => Assert.EndsWith(" true true", line, StringComparison.Ordinal));
        Assert.Single(await reader.Page.EvaluateAsync<string[]>("""
            () => [...new Set([...document.querySelectorAll('tbody tr')[1].children]
              .map(cell => `${Math.round(cell.getBoundingClientRect().width)} ${getComputedStyle(cell).position}`))]
            """));
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    public async Task A_date_is_never_broken(int width, bool isLargest)
    {
        await using var reader = await OpenAsync(width, isLargest);
        foreach (var address in Kinds)
        {
            await reader.Page.GotoAsync(address);

            Assert.Empty(await reader.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('time:not(.articles time)')]
                  .filter(time => time.getClientRects().length > 1).map(time => time.outerHTML)
                """));
        }
    }

    [Fact]
    public async Task The_table_of_contents_is_beside_the_text_on_wide_screens()
    {
        await using var reader = await OpenAsync(1440);
        await reader.Page.GotoAsync("/bai-viet/vu-che-thu-sang-som-tren-nhung-doi-che");
        var contents = await reader.Page.Locator(".contents").BoundingBoxAsync();
        var article = await reader.Page.Locator("article").BoundingBoxAsync();

        Assert.InRange(contents!.X - (article!.X + article.Width), 24, 100);
        Assert.InRange(contents.X + contents.Width, 0, 1440 - 100);
        Assert.InRange(contents.Y + contents.Height, 0, article.Y + article.Height);

        await reader.Page.SetViewportSizeAsync(1000, 640);
        contents = await reader.Page.Locator(".contents").BoundingBoxAsync();
        Assert.InRange(contents!.X - (await reader.Page.Locator("article").BoundingBoxAsync())!.X, 0, 1);
    }

    [Fact]
    public async Task The_numbers_of_the_days_fit_a_phone()
    {
        await using var reader = await OpenAsync(390);
        await reader.Page.GotoAsync("/thong-ke");

        Assert.Empty(await reader.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.table-scroll')]
              .filter(box => box.scrollWidth > box.clientWidth).map(box => box.ariaLabel)
            """));
    }

    [Fact]
    public async Task The_QR_code_is_loaded_for_print_only()
    {
        await using var reader = await OpenAsync(1440);
        var requests = new List<string>();
        reader.Page.Request += (_, request) => requests.Add(new Uri(request.Url).AbsolutePath);
        await reader.Page.GotoAsync(WithTable, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.DoesNotContain("/ma-qr.svg", requests);

        await reader.Page.PdfAsync();

        Assert.Contains("/ma-qr.svg", requests);
        await reader.Page.BecomesTrueAsync("document.querySelector('.printed img').naturalWidth > 0");
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task Contact_and_address_take_at_most_a_fifth_of_a_printed_sheet()
    {
        await using var reader = await OpenAsync(720); // A4 with margins of 10 mm
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await reader.Page.GotoAsync(WithTable);

        Assert.InRange((await reader.Page.Locator(".printed").BoundingBoxAsync())!.Height, 60, 210);
    }

    private async Task<OpenPage> OpenAsync(int width, bool isLargest = false)
    {
        var reader = await browser.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 640 } });
        if (isLargest)
        {
            await reader.Page.AddInitScriptAsync(LargestType);
        }

        return reader;
    }
}
