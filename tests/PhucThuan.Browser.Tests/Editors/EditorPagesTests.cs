using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Editors;

/// <summary>
/// Pages for editors: desk, drafts and preview. With the environment variable <c>UPDATE_GUIDE_PICTURES=true</c>, each
/// test also takes a picture for the editors' guide, in <c>docs/huong-dan</c>.
/// </summary>
public sealed class EditorPagesTests(EditorsSite site) : IClassFixture<EditorsSite>
{
    private static readonly ViewportSize Viewport = new() { Width = 760, Height = 520 };

    [Fact]
    public async Task The_desk_lists_files_with_problems_first()
    {
        await using var editor = await OpenAsync(await site.FindDeskAsync());
        var headings = editor.Page.Locator("h2");

        await Expect(headings.First).ToContainTextAsync("Cần sửa");
        var broken = editor.Page.Locator("li", new() { HasText = "Kế hoạch thu gom rác" }).First;
        await Expect(broken).ToContainTextAsync("lich-thu-gom.pdf");
        await Expect(broken).ToContainTextAsync("xe-rac.jpg");
        await Expect(broken).Not.ToContainTextAsync("không có tiêu đề");
        await Expect(editor.Page.Locator("li", new() { HasText = "Biên bản.pdf" }).First).ToContainTextAsync("PDF");
        await editor.Page.AssertAccessibleAsync();
        await editor.Page.AssertReachedByKeyboardAsync();
        await TakePictureAsync(editor.Page, "ban-bien-tap", height: 900);
        await TakePictureAsync(editor.Page, "can-sua", part: broken);

        await editor.Page.SetViewportSizeAsync(320, 640);
        await editor.Page.EvaluateAsync("document.documentElement.dataset.size = 5");
        Assert.Equal(320, await editor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task A_draft_looks_like_an_article_and_is_not_counted()
    {
        await using var editor = await OpenAsync(await site.FindDeskAsync());
        var requests = new List<string>();
        editor.Page.Request += (_, request) => requests.Add(request.Url);

        await editor.Page.GetByRole(AriaRole.Link, new() { Name = "Lịch trực Tết Nguyên đán" }).ClickAsync();

        await Expect(editor.Page.Locator("h1")).ToHaveTextAsync("Lịch trực Tết Nguyên đán");
        await Expect(editor.Page.Locator("article li")).ToHaveCountAsync(2);
        Assert.DoesNotContain(requests, request => request.Contains("/api/visits", StringComparison.Ordinal));
        Assert.Equal("", await editor.Page.EvaluateAsync<string>("document.referrer"));
        await editor.Page.AssertAccessibleAsync();
        await TakePictureAsync(editor.Page, "ban-nhap");
    }

    [Fact]
    public async Task An_urgent_article_has_a_banner_on_every_page()
    {
        foreach (var page in new[] { "/", EditorsSite.WordArticle, "/thong-ke", "/tim-kiem" })
        {
            await using var reader = await OpenAsync(page);

            await Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = "Khẩn: " + EditorsSite.UrgentTitle }))
                .ToBeVisibleAsync();
            if (page == "/")
            {
                await reader.Page.AssertAccessibleAsync();
                await TakePictureAsync(reader.Page, "tin-khan");
            }
        }
    }

    [Fact]
    public async Task A_Word_file_is_an_article_with_its_picture_in_the_list()
    {
        await using var reader = await OpenAsync(EditorsSite.WordArticle);

        await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Ngày hội trồng cây ở xóm Hàng Cau");
        await Expect(reader.Page.Locator("article h2")).ToHaveTextAsync("Kết quả");
        await Expect(reader.Page.Locator("article li")).ToHaveCountAsync(2);
        await reader.Page.BecomesTrueAsync("document.querySelector('article img').naturalWidth > 0");
        await reader.Page.AssertAccessibleAsync();
        await TakePictureAsync(reader.Page, "bai-word", height: 960);

        await reader.Page.GotoAsync("/");
        var picture = reader.Page.Locator($"li:has(a[href='{EditorsSite.WordArticle}']) img").First;
        await picture.ScrollIntoViewIfNeededAsync();
        await reader.Page.BecomesTrueAsync(
            $"document.querySelector(\"li:has(a[href='{EditorsSite.WordArticle}']) img\").naturalWidth === 960");
    }

    [Fact]
    public async Task A_page_reloads_when_its_file_is_saved()
    {
        const string Name = "dang-soan.html";
        await EditorsSite.UploadAsync(
            site.Articles, Name, BinaryData.FromString("<title>Đang soạn</title><p>Lời thứ nhất.</p>"));
        await using var editor = await OpenAsync("/bai-viet/dang-soan", reloads: true);
        await Expect(editor.Page.Locator("article")).ToContainTextAsync("Lời thứ nhất.");

        // The first HEAD request gets the version to compare with.
        await editor.Page.WaitForResponseAsync(response => response.Request.Method == "HEAD");
        await EditorsSite.UploadAsync(
            site.Articles, Name, BinaryData.FromString("<title>Đang soạn</title><p>Lời thứ hai.</p>"));

        await Expect(editor.Page.Locator("article")).ToContainTextAsync("Lời thứ hai.");
    }

    /// <param name="reloads">False for a page that must not reload when another test saves a file.</param>
    private async Task<OpenPage> OpenAsync(string address, bool reloads = false)
    {
        var open = await site.OpenAsync(new() { ViewportSize = Viewport });
        if (!reloads)
        {
            await open.Page.RouteAsync("**/assets/reload.*.js", route => route.FulfillAsync(new() { Body = "" }));
        }

        // The portal answers 503 while storage is slow.
        await Eventually.AssertAsync(async () => Assert.NotEqual(503, (await open.Page.GotoAsync(address))!.Status));
        return open;
    }

    /// <param name="height">Height of the window in CSS pixels.</param>
    /// <param name="part">An element to show instead of the window.</param>
    private static async Task TakePictureAsync(IPage page, string name, int height = 520, ILocator? part = null)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GUIDE_PICTURES") != "true")
        {
            return;
        }

        const int Quality = 55; // each picture stays below 60 KB
        var path = Path.Combine(BrowserPackages.TestFolder, "..", "..", "docs", "huong-dan", name + ".jpg");
        await page.SetViewportSizeAsync(Viewport.Width, height);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        if (part is null)
        {
            await page.ScreenshotAsync(new() { Path = path, Type = ScreenshotType.Jpeg, Quality = Quality });
        }
        else
        {
            await part.ScreenshotAsync(new() { Path = path, Type = ScreenshotType.Jpeg, Quality = Quality });
        }
    }
}
