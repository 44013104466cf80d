using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests;

/// <summary>Search in a browser, with and without script.</summary>
public sealed class SearchInBrowserTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_finds_an_article_by_keyboard_without_accents(bool hasScript)
    {
        await using var reader = await browser.OpenAsync(new() { JavaScriptEnabled = hasScript });
        await reader.Page.GotoAsync("/");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Tìm kiếm" }).FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        await reader.Page.GetByLabel("Tìm trong các bài viết").FocusAsync();
        await reader.Page.Keyboard.TypeAsync("tiem chung");
        await reader.Page.Keyboard.PressAsync("Enter");

        await Expect(reader.Page.Locator("h2 mark")).ToHaveTextAsync("tiêm chủng");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Lịch tiêm chủng" }).FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");

        await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Lịch tiêm chủng cho trẻ em quý IV năm 2026");
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task The_category_of_a_result_leads_to_the_category()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync("/tim-kiem?q=tiem+chung");

        await reader.Page.Locator(".articles a[href^='/chuyen-muc/']").First.ClickAsync();

        await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Thông báo");
    }

    [Fact]
    public async Task A_404_page_has_a_search_form()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync("/bai-viet/khong-co");

        await reader.Page.GetByLabel("Tìm trong các bài viết").FillAsync("chè");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Tìm" }).ClickAsync();

        await Expect(reader.Page.GetByText("bài viết chứa “chè”")).ToBeVisibleAsync();
    }
}
