using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Visits;

/// <summary>Views that a page sends, and numbers that it shows.</summary>
public sealed class VisitsInBrowserTests(SampleSite browser) : IClassFixture<SampleSite>
{
    private const string Slug = VisitPages.Slug;
    private const string OtherSlug = VisitPages.OtherSlug;

    [Fact]
    public async Task A_reader_is_counted_once_and_sees_the_numbers()
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync();

        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        await reader.Page.ShowsAsync("total", before.Total + 1);
        await reader.Page.ShowsAsync("today", before.Today + 1);
        await reader.Page.ReloadAsync();
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);

        Assert.Equal(
            before with { Online = 0, Views = before.Views + 1, Total = before.Total + 1, Today = before.Today + 1 },
            (await browser.NumbersAsync(Slug)) with { Online = 0 });
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task Large_numbers_are_formatted_for_Vietnamese()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.RouteAsync("**/api/visits/**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"online":999,"today":1000,"total":1731932,"views":12345}""",
        }));

        await reader.Page.GotoAsync("/bai-viet/" + Slug);

        await reader.Page.ShowsAsync("online", 999);
        await reader.Page.ShowsAsync("today", 1000);
        await reader.Page.ShowsAsync("total", 1731932);
        await reader.Page.ShowsAsync("views", 12345);
    }

    [Fact]
    public async Task A_second_article_continues_the_visit_and_after_half_an_hour_a_new_visit_begins()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.Clock.InstallAsync();
        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        await reader.Page.ShownAsync();
        var before = await browser.NumbersAsync(OtherSlug);

        await reader.Page.GotoAsync("/bai-viet/" + OtherSlug);
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        Assert.Equal(before.Total, (await browser.NumbersAsync(OtherSlug)).Total);

        await reader.Page.GotoAsync("about:blank");
        await reader.Page.Clock.FastForwardAsync("31:00");
        await reader.Page.GotoAsync("/bai-viet/" + OtherSlug);
        await reader.Page.ShowsAsync("views", before.Views!.Value + 2);
        Assert.Equal(before.Total + 1, (await browser.NumbersAsync(OtherSlug)).Total);
    }

    [Fact]
    public async Task An_open_page_refreshes_its_numbers_and_counts_once()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.Clock.InstallAsync();
        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        await reader.Page.ShownAsync();
        var before = await browser.NumbersAsync(Slug);
        await browser.CountAsync(Slug);

        await reader.Page.Clock.FastForwardAsync("02:01");

        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        Assert.Equal(before.Views + 1, (await browser.NumbersAsync(Slug)).Views);
    }

    [Fact]
    public async Task A_hidden_page_is_not_counted_until_it_is_shown()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.AddInitScriptAsync(
            """
            Object.defineProperty(document, "visibilityState", {
              configurable: true, get: () => window.seen ? "visible" : "hidden" });
            """);
        var before = await browser.NumbersAsync(Slug);
        await reader.Page.GotoAsync("/bai-viet/" + Slug, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal(before.Views, (await browser.NumbersAsync(Slug)).Views);

        await reader.Page.EvaluateAsync("window.seen = true; document.dispatchEvent(new Event('visibilitychange'))");

        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
    }

    [Fact]
    public async Task A_visibility_change_during_a_request_sends_no_second_request()
    {
        var before = await browser.NumbersAsync(Slug);
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

        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Without_script_a_picture_counts_and_shows_the_numbers()
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { JavaScriptEnabled = false });

        await reader.Page.GotoAsync("/bai-viet/" + Slug);

        var picture = reader.Page.Locator(".visits img");
        await Expect(picture).ToBeVisibleAsync();
        await Expect(reader.Page.Locator(".visits dl")).ToBeHiddenAsync();
        await browser.HasViewsAsync(Slug, before.Views!.Value + 1);
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tim-kiem?q=che")]
    [InlineData("/so-do-trang")]
    [InlineData("/chuyen-muc/thong-bao")]
    [InlineData("/thong-ke")]
    public async Task Without_script_other_pages_show_the_numbers_and_count_nobody(string address)
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { JavaScriptEnabled = false });

        var picture = await reader.Page.RunAndWaitForResponseAsync(
            () => reader.Page.GotoAsync(address),
            response => response.Url.EndsWith("/api/visits.svg", StringComparison.Ordinal));

        Assert.Equal(200, picture.Status);
        await Expect(reader.Page.Locator(".visits img")).ToBeVisibleAsync();
        Assert.Equal(before.Total, (await browser.NumbersAsync(Slug)).Total);
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tim-kiem")]
    [InlineData("/so-do-trang")]
    public async Task A_list_shows_the_numbers_and_counts_nobody(string address)
    {
        await using var reader = await browser.OpenAsync();
        var before = await browser.NumbersAsync(Slug);

        await reader.Page.GotoAsync(address);
        await reader.Page.ShownAsync();

        Assert.Equal(before.Total, (await browser.NumbersAsync(Slug)).Total);
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_failed_request_is_reported_and_retried()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.Clock.InstallAsync();
        await reader.Page.RouteAsync("**/api/visits/**", route => route.FulfillAsync(new() { Status = 503 }));
        await reader.Page.GotoAsync("/bai-viet/" + Slug);
        var trouble = reader.Page.GetByText("Chưa lấy được số liệu mới");
        await Expect(trouble).ToBeVisibleAsync();
        var before = await browser.NumbersAsync(Slug);

        await reader.Page.UnrouteAllAsync();
        await reader.Page.Clock.FastForwardAsync("00:16");

        await Expect(trouble).ToBeHiddenAsync();
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
    }

    [Fact]
    public async Task Without_local_storage_the_server_recognises_a_repeat()
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { UserAgent = VisitPages.NewAgent() });
        await reader.Page.AddInitScriptAsync(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })");
        var article = "/bai-viet/" + Slug;

        Assert.Equal(
            ("POST", $"/api/visits/{Slug}", "counted"),
            await VisitPages.FirstRequestAsync(reader.Page, () => reader.Page.GotoAsync(article)));
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        Assert.Equal(
            ("POST", $"/api/visits/{Slug}", "repeat"),
            await VisitPages.FirstRequestAsync(reader.Page, () => reader.Page.ReloadAsync()));
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);

        var after = await browser.NumbersAsync(Slug);
        Assert.Equal((before.Views + 1, before.Total + 1), (after.Views, after.Total));
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [InlineData("'{'")]
    [InlineData("'5'")]
    [InlineData("'null'")]
    [InlineData("""'{"seen":"x","views":7}'""")]
    [InlineData("""JSON.stringify({ seen: "x", views: { [slug]: "x" } })""")]
    [InlineData("JSON.stringify({ seen: [], views: null, waiting: [null, 7, 'x', {}, { id: 'x' }, { id: 7, slug }] })")]
    [InlineData("JSON.stringify({ waiting: [{ id: '0123456789abcdef', slug, visit: true, time: Date.now() - 2e6 }] })")]
    [InlineData("JSON.stringify({ seen: Date.now() + 7200000, views: { [slug]: Date.now() + 7200000 } })")]
    public async Task Invalid_local_storage_is_treated_as_empty(string memory)
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync("/");
        await reader.Page.ShownAsync();
        await reader.Page.EvaluateAsync($"slug => localStorage.setItem('phucthuan.visits', {memory})", Slug);
        var before = await browser.NumbersAsync(Slug);

        Assert.Equal(
            ("POST", $"/api/visits/{Slug}?visit=true", "counted"),
            await VisitPages.FirstRequestAsync(reader.Page, () => reader.Page.GotoAsync("/bai-viet/" + Slug)));
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        Assert.Equal(
            ("GET", $"/api/visits/{Slug}", null),
            await VisitPages.FirstRequestAsync(reader.Page, () => reader.Page.ReloadAsync()));

        var after = await browser.NumbersAsync(Slug);
        Assert.Equal((before.Views + 1, before.Total + 1), (after.Views, after.Total));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_prerendered_page_is_counted_when_it_is_activated()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.AddInitScriptAsync(
            "window.ahead = true; Object.defineProperty(document, 'prerendering', { get: () => window.ahead })");
        var before = await browser.NumbersAsync(Slug);
        await reader.Page.GotoAsync("/bai-viet/" + Slug, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal(before.Views, (await browser.NumbersAsync(Slug)).Views);

        await reader.Page.EvaluateAsync(
            "window.ahead = false; document.dispatchEvent(new Event('prerenderingchange'))");

        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        await reader.Page.ShowsAsync("total", before.Total + 1);
    }

    [Fact]
    public async Task A_headless_browser_sees_the_numbers_and_is_not_counted()
    {
        var before = await browser.NumbersAsync(Slug);
        await using var robot = await browser.OpenAsync(new()
        {
            UserAgent = TestBrowser.UserAgent.Replace("Chrome/", "HeadlessChrome/", StringComparison.Ordinal),
        });

        Assert.Equal(
            ("POST", $"/api/visits/{Slug}?visit=true", "bot"),
            await VisitPages.FirstRequestAsync(robot.Page, () => robot.Page.GotoAsync("/bai-viet/" + Slug)));

        await robot.Page.ShowsAsync("views", before.Views!.Value);
        await robot.Page.ShowsAsync("total", before.Total);
        var after = await browser.NumbersAsync(Slug);
        Assert.Equal((before.Views, before.Total), (after.Views, after.Total));
        Assert.Empty(robot.Troubles);
    }
}
