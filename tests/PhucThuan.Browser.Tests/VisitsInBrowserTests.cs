using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Playwright;
using PhucThuan.Portal.Visits;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests;

/// <summary>What a browser counts, and what it shows.</summary>
public sealed class VisitsInBrowserTests(SampleSite browser) : IClassFixture<SampleSite>
{
    private const string Slug = "xom-go-man-chung-suc-lam-duong-be-tong";
    private const string OtherSlug = "lich-tiem-chung-cho-tre-quy-iv-nam-2026";

    [Fact]
    public async Task A_reader_is_counted_once_and_sees_the_numbers()
    {
        var before = await NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync();

        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
        await ShowsAsync(reader.Page, "total", before.Total + 1);
        await ShowsAsync(reader.Page, "today", before.Today + 1);
        await reader.Page.ReloadAsync();
        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);

        Assert.Equal(before with { Online = 0, Views = before.Views + 1, Total = before.Total + 1, Today = before.Today + 1 }, (await NumbersAsync(Slug)) with { Online = 0 });
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task Large_numbers_are_written_as_in_Vietnamese()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.RouteAsync("**/api/visits/**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"online":999,"today":1000,"total":1731932,"views":12345}""",
        }));

        await reader.Page.GotoAsync("/bai-viet/" + Slug);

        await ShowsAsync(reader.Page, "online", 999);
        await ShowsAsync(reader.Page, "today", 1000);
        await ShowsAsync(reader.Page, "total", 1731932);
        await ShowsAsync(reader.Page, "views", 12345);
    }

    [Fact]
    public async Task A_second_article_is_a_view_of_the_same_visit_and_half_an_hour_later_all_is_new()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.Clock.InstallAsync();
        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        await ShownAsync(reader.Page);
        var before = await NumbersAsync(OtherSlug);

        await reader.Page.GotoAsync("/bai-viet/" + OtherSlug);
        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
        Assert.Equal(before.Total, (await NumbersAsync(OtherSlug)).Total);

        await reader.Page.GotoAsync("about:blank");
        await reader.Page.Clock.FastForwardAsync("31:00");
        await reader.Page.GotoAsync("/bai-viet/" + OtherSlug);
        await ShowsAsync(reader.Page, "views", before.Views!.Value + 2);
        Assert.Equal(before.Total + 1, (await NumbersAsync(OtherSlug)).Total);
    }

    [Fact]
    public async Task Numbers_stay_alive_while_the_page_is_open_and_the_reader_is_not_counted_again()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.Clock.InstallAsync();
        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        await ShownAsync(reader.Page);
        var before = await NumbersAsync(Slug);
        (await browser.Client.PostAsync($"/api/visits/{Slug}?visit=true", content: null, TestContext.Current.CancellationToken)).Dispose();

        await reader.Page.Clock.FastForwardAsync("01:01");

        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
        Assert.Equal(before.Views + 1, (await NumbersAsync(Slug)).Views);
    }

    [Fact]
    public async Task A_page_that_nobody_sees_yet_is_not_counted()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.AddInitScriptAsync(
            "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => window.seen ? 'visible' : 'hidden' })");
        var before = await NumbersAsync(Slug);
        await reader.Page.GotoAsync("/bai-viet/" + Slug, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal(before.Views, (await NumbersAsync(Slug)).Views);

        await reader.Page.EvaluateAsync("window.seen = true; document.dispatchEvent(new Event('visibilitychange'))");

        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
    }

    [Fact]
    public async Task A_reader_who_looks_away_while_the_answer_is_on_its_way_is_counted_once()
    {
        var before = await NumbersAsync(Slug);
        var asked = 0;
        var answer = new TaskCompletionSource();
        await using var reader = await browser.OpenAsync();
        await reader.Page.RouteAsync("**/api/visits/**", async route =>
        {
            Interlocked.Increment(ref asked);
            await answer.Task;
            await route.ContinueAsync();
        });
        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        await Eventually.AssertAsync(() =>
        {
            Assert.Equal(1, asked);
            return Task.CompletedTask;
        });

        await reader.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await reader.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        answer.SetResult();

        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Without_script_a_picture_counts_and_shows_the_numbers()
    {
        var before = await NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { JavaScriptEnabled = false });

        await reader.Page.GotoAsync("/bai-viet/" + Slug);

        var picture = reader.Page.Locator(".visits img");
        await Expect(picture).ToBeVisibleAsync();
        await Expect(reader.Page.Locator(".visits dl")).ToBeHiddenAsync();
        await Eventually.AssertAsync(async () => Assert.Equal(before.Views + 1, (await NumbersAsync(Slug)).Views));
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tim-kiem?q=che")]
    [InlineData("/so-do-trang")]
    [InlineData("/chuyen-muc/thong-bao")]
    [InlineData("/thong-ke")]
    public async Task Without_script_pages_that_are_no_articles_show_the_numbers_and_count_nobody(string address)
    {
        var before = await NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { JavaScriptEnabled = false });

        var picture = await reader.Page.RunAndWaitForResponseAsync(
            () => reader.Page.GotoAsync(address), response => response.Url.EndsWith("/api/visits.svg", StringComparison.Ordinal));

        Assert.Equal(200, picture.Status);
        await Expect(reader.Page.Locator(".visits img")).ToBeVisibleAsync();
        Assert.Equal(before.Total, (await NumbersAsync(Slug)).Total);
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tim-kiem")]
    [InlineData("/so-do-trang")]
    public async Task A_list_shows_the_numbers_and_counts_nobody(string address)
    {
        await using var reader = await browser.OpenAsync();
        var before = await NumbersAsync(Slug);

        await reader.Page.GotoAsync(address);
        await ShownAsync(reader.Page);

        Assert.Equal(before.Total, (await NumbersAsync(Slug)).Total);
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task When_the_numbers_cannot_be_had_the_page_says_so_and_tries_again()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.Clock.InstallAsync();
        await reader.Page.RouteAsync("**/api/visits/**", route => route.FulfillAsync(new() { Status = 503 }));
        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        var trouble = reader.Page.GetByText("Chưa lấy được số liệu mới");
        await Expect(trouble).ToBeVisibleAsync();
        var before = await NumbersAsync(Slug);

        await reader.Page.UnrouteAllAsync();
        await reader.Page.Clock.FastForwardAsync("00:16");

        await Expect(trouble).ToBeHiddenAsync();
        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_the_server_remembers_who_was_counted()
    {
        var before = await NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { UserAgent = TestBrowser.UserAgent + " Edg/153.0.0.0" });
        await reader.Page.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })");
        var article = "/bai-viet/" + Slug;

        Assert.Equal(("POST", $"/api/visits/{Slug}", "counted"), await AskedAsync(reader.Page, () => reader.Page.GotoAsync(article)));
        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
        Assert.Equal(("POST", $"/api/visits/{Slug}", "repeat"), await AskedAsync(reader.Page, () => reader.Page.ReloadAsync()));
        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);

        Assert.Equal((before.Views + 1, before.Total + 1), ((await NumbersAsync(Slug)).Views, (await NumbersAsync(Slug)).Total));
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [InlineData("'{'")]
    [InlineData("'5'")]
    [InlineData("'null'")]
    [InlineData("""'{"seen":"x","views":7}'""")]
    [InlineData("""JSON.stringify({ seen: "x", views: { [slug]: "x" } })""")]
    [InlineData("JSON.stringify({ seen: Date.now() + 7200000, views: { [slug]: Date.now() + 7200000 } })")]
    public async Task Rubbish_in_the_memory_of_a_browser_is_as_good_as_nothing(string memory)
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync("/");
        await ShownAsync(reader.Page);
        await reader.Page.EvaluateAsync($"slug => localStorage.setItem('phucthuan.visits', {memory})", Slug);
        var before = await NumbersAsync(Slug);

        Assert.Equal(
            ("POST", $"/api/visits/{Slug}?visit=true", "counted"),
            await AskedAsync(reader.Page, () => reader.Page.GotoAsync("/bai-viet/" + Slug)));
        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
        Assert.Equal(("GET", $"/api/visits/{Slug}", null), await AskedAsync(reader.Page, () => reader.Page.ReloadAsync()));

        Assert.Equal((before.Views + 1, before.Total + 1), ((await NumbersAsync(Slug)).Views, (await NumbersAsync(Slug)).Total));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_page_that_is_rendered_ahead_is_counted_when_its_reader_comes_to_it()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.AddInitScriptAsync(
            "window.ahead = true; Object.defineProperty(document, 'prerendering', { get: () => window.ahead })");
        var before = await NumbersAsync(Slug);
        await reader.Page.GotoAsync("/bai-viet/" + Slug, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal(before.Views, (await NumbersAsync(Slug)).Views);

        await reader.Page.EvaluateAsync("window.ahead = false; document.dispatchEvent(new Event('prerenderingchange'))");

        await ShowsAsync(reader.Page, "views", before.Views!.Value + 1);
        await ShowsAsync(reader.Page, "total", before.Total + 1);
    }

    [Fact]
    public async Task An_automated_browser_sees_the_numbers_and_is_not_counted()
    {
        var before = await NumbersAsync(Slug);
        await using var robot = await browser.OpenAsync(new()
        {
            UserAgent = TestBrowser.UserAgent.Replace("Chrome/", "HeadlessChrome/", StringComparison.Ordinal),
        });

        Assert.Equal(
            ("POST", $"/api/visits/{Slug}?visit=true", "bot"),
            await AskedAsync(robot.Page, () => robot.Page.GotoAsync("/bai-viet/" + Slug)));

        await ShowsAsync(robot.Page, "views", before.Views!.Value);
        await ShowsAsync(robot.Page, "total", before.Total);
        Assert.Equal((before.Views, before.Total), ((await NumbersAsync(Slug)).Views, (await NumbersAsync(Slug)).Total));
        Assert.Empty(robot.Troubles);
    }

    /// <summary>What a page asks for when it is opened, and what became of the view.</summary>
    private static async Task<(string Method, string Address, string? Became)> AskedAsync(IPage page, Func<Task> open)
    {
        var response = await page.RunAndWaitForResponseAsync(open, response => response.Url.Contains("/api/visits/", StringComparison.Ordinal));
        return (response.Request.Method, new Uri(response.Url).PathAndQuery, await response.HeaderValueAsync("x-visit"));
    }

    private static Task ShowsAsync(IPage page, string name, long number) =>
        Expect(page.Locator($"[data-number={name}]")).ToHaveTextAsync(number.ToString("N0", CultureInfo.GetCultureInfo("vi-VN")));

    private static Task ShownAsync(IPage page) => Expect(page.Locator("[data-number=total]")).Not.ToHaveTextAsync("…");

    private async Task<VisitNumbers> NumbersAsync(string slug) =>
        (await browser.Client.GetFromJsonAsync<VisitNumbers>("/api/visits/" + slug, TestContext.Current.CancellationToken))!;
}
