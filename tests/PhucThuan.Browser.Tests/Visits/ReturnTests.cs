using Microsoft.Playwright;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Tests.Visits;

/// <summary>Pages that a reader leaves open and returns to.</summary>
public sealed class ReturnTests(SampleSite browser) : IClassFixture<SampleSite>
{
    private const string Slug = VisitPages.Slug;
    private const string OtherSlug = VisitPages.OtherSlug;

    /// <summary>Script: simulates a page that is restored from the back/forward cache.</summary>
    private const string Restore = """
        document.visibilityState === "visible"
          ? dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))
          : (setVisibility("visible"), dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })))
        """;

    private const string HidePage = "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))";

    [Theory]
    [InlineData("10:00:00")]
    [InlineData("31:00")]
    public async Task A_tab_shown_again_after_half_an_hour_begins_a_visit_and_a_click_continues_it(string time)
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);
        await reader.Page.HideAsync();
        await reader.Page.Clock.FastForwardAsync(time);

        await reader.Page.ShowAsync();

        await reader.Page.ShowsAsync("views", before.Views!.Value + 2);
        await reader.Page.ShowsAsync("total", before.Total + 2);
        await reader.Page.GotoAsync(VisitPages.PathOf(OtherSlug));
        await reader.Page.ShowsAsync("total", before.Total + 2);
    }

    [Fact]
    public async Task A_click_right_after_the_return_does_not_lose_the_visit()
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);
        await reader.Page.HideAsync();
        await reader.Page.Clock.FastForwardAsync("10:00:00");
        await reader.Page.RouteAsync("**/api/visits/" + Slug + "**", route => route.AbortAsync());

        await reader.Page.ShowAsync();
        await reader.Page.GotoAsync(VisitPages.PathOf(OtherSlug));
        await reader.Page.ShownAsync();
        await reader.Page.UnrouteAllAsync();
        await reader.Page.ReloadAsync();

        await Eventually.AssertAsync(async () =>
            Assert.Equal(before.Total + 2, (await browser.NumbersAsync(Slug)).Total));
    }

    [Theory]
    [InlineData("29:00")]
    [InlineData("10:00")]
    [InlineData("00:30")]
    public async Task A_tab_shown_again_within_half_an_hour_continues_the_visit(string time)
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);
        await reader.Page.HideAsync();
        await reader.Page.Clock.FastForwardAsync(time);

        await reader.Page.ShowAsync();
        await reader.Page.Clock.FastForwardAsync("02:01");
        await reader.Page.GotoAsync(VisitPages.PathOf(OtherSlug));
        await reader.Page.ShownAsync();

        var after = await browser.NumbersAsync(Slug);
        Assert.Equal((before.Views + 1, before.Total + 1), (after.Views, after.Total));
    }

    [Fact]
    public async Task The_time_away_begins_when_the_tab_is_hidden()
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);
        await reader.Page.Clock.FastForwardAsync("00:50");
        await reader.Page.HideAsync();
        await reader.Page.Clock.FastForwardAsync("29:30");

        await reader.Page.GotoAsync(VisitPages.PathOf(OtherSlug));
        await reader.Page.ShownAsync();

        Assert.Equal(before.Total + 1, (await browser.NumbersAsync(Slug)).Total);
    }

    [Fact]
    public async Task A_hidden_tab_that_is_closed_does_not_prolong_the_visit()
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);
        await reader.Page.HideAsync();
        await reader.Page.Clock.FastForwardAsync("20:00");
        await reader.Page.GotoAsync("about:blank");
        await reader.Page.Clock.FastForwardAsync("15:00");

        await reader.Page.GotoAsync(VisitPages.PathOf(OtherSlug));

        await reader.Page.ShowsAsync("total", before.Total + 2);
    }

    [Theory]
    [InlineData("03:00:00", 1)]
    [InlineData("05:00", 0)]
    public async Task A_page_from_the_back_forward_cache_is_counted_as_a_reload_would_be(string time, int more)
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);
        await reader.Page.EvaluateAsync(HidePage);
        await reader.Page.Clock.FastForwardAsync(time);

        await reader.Page.EvaluateAsync(Restore);
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1 + more);

        Assert.Equal(before.Total + 1 + more, (await browser.NumbersAsync(Slug)).Total);
    }

    [Fact]
    public async Task A_page_cached_during_a_request_refreshes_when_it_is_restored()
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);
        await reader.Page.RouteAsync("**/api/visits/**", _ => Task.CompletedTask);
        await reader.Page.RunAndWaitForRequestAsync(
            () => reader.Page.Clock.FastForwardAsync("02:01"), "**/api/visits/**");
        await reader.Page.EvaluateAsync(HidePage);
        await reader.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await reader.Page.EvaluateAsync("Date.now = (now => () => now() + 3 * 3600000)(Date.now)");

        await reader.Page.EvaluateAsync(Restore);

        await reader.Page.ShowsAsync("views", before.Views!.Value + 2);
    }

    [Fact]
    public async Task A_device_that_slept_with_the_page_visible_begins_a_visit()
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);

        await reader.Page.Clock.FastForwardAsync("08:00:00");

        await reader.Page.ShowsAsync("views", before.Views!.Value + 2);
        await reader.Page.ShowsAsync("total", before.Total + 2);
    }

    [Fact]
    public async Task A_page_left_right_after_the_device_slept_does_not_prolong_the_visit()
    {
        await using var reader = await browser.OpenWithClockAsync();
        var before = await OpenAsync(reader.Page);

        // Time passes, and the reader leaves the page before a timer has run.
        await reader.Page.EvaluateAsync("Date.now = (now => () => now() + 3 * 3600000)(Date.now)");
        await reader.Page.EvaluateAsync(HidePage);
        await reader.Page.GotoAsync("about:blank");
        await reader.Page.Clock.FastForwardAsync("03:00:00");
        await reader.Page.GotoAsync(VisitPages.PathOf(OtherSlug));

        await reader.Page.ShowsAsync("total", before.Total + 2);
    }

    /// <summary>The numbers before the page was opened.</summary>
    private async Task<VisitNumbers> OpenAsync(IPage page)
    {
        var before = await browser.NumbersAsync(Slug);
        await page.GotoAsync(VisitPages.PathOf(Slug));
        await page.ShowsAsync("views", before.Views!.Value + 1);
        return before;
    }
}
