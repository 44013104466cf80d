using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Visits;

/// <summary>
/// Runs the scripts with the APIs of browsers of 2018, or without one API. ScriptSyntaxTests checks the syntax.
/// </summary>
public sealed class OldBrowserTests(SampleSite browser) : IClassFixture<SampleSite>
{
    private const string Slug = VisitPages.Slug;

    private const string NoStorage =
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } })";

    private const string NoLock =
        "LockManager.prototype.request = () => Promise.reject(new DOMException('denied', 'SecurityError'))";

    private const string FullStorage =
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }";

    private const string UnreadableStorage =
        "Storage.prototype.getItem = () => { throw new DOMException('lost', 'UnknownError'); }";

    /// <summary>
    /// Removes APIs newer than Chrome 61 and iOS 12, except globalThis: Playwright needs it, and ESLint reports its
    /// use.
    /// </summary>
    private const string Year2018 = """
        for (const [owner, names] of [
          [window, ["AbortController", "AbortSignal", "structuredClone", "queueMicrotask", "requestIdleCallback",
            "BroadcastChannel", "IntersectionObserver", "ResizeObserver", "WeakRef", "FinalizationRegistry",
            "AggregateError", "CompressionStream", "trustedTypes", "cookieStore", "navigation", "Iterator"]],
          [Navigator.prototype, ["locks", "share", "canShare", "clipboard", "sendBeacon", "userAgentData", "wakeLock"]],
          [Document.prototype, ["prerendering", "hasStorageAccess", "replaceChildren", "startViewTransition"]],
          [Element.prototype, ["toggleAttribute", "replaceChildren", "getHTML", "setHTMLUnsafe", "checkVisibility"]],
          [Object, ["fromEntries", "hasOwn", "groupBy"]],
          [Promise, ["allSettled", "any", "withResolvers", "try"]],
          [Promise.prototype, ["finally"]],
          [Array.prototype, ["at", "flat", "flatMap", "findLast", "findLastIndex", "toSorted", "toReversed", "with"]],
          [String.prototype, ["at", "matchAll", "replaceAll", "trimStart", "trimEnd", "isWellFormed"]],
          [Array, ["fromAsync"]],
          [URL, ["canParse", "parse"]],
          [Crypto.prototype, ["randomUUID"]],
        ]) {
          for (const name of names) {
            delete owner[name];
          }
        }
        """;

    /// <summary>Scripts to load instead of visits.js; empty to block the request.</summary>
    public static TheoryData<string> WithoutVisitsScript =>
        ["", "class Broken { #late = 1; static { } } a ??= b?.c; <", "throw new Error('no');"];

    [Theory]
    [InlineData(Year2018)]
    [InlineData("delete AbortSignal.timeout")]
    [InlineData("delete window.AbortController; delete window.AbortSignal")]
    [InlineData("delete Navigator.prototype.locks")]
    [InlineData(NoLock)]
    [InlineData("LockManager.prototype.request = () => { throw new TypeError('insecure'); }")]
    [InlineData("LockManager.prototype.request = () => new Promise(() => {})")]
    [InlineData(NoStorage)]
    [InlineData("Object.defineProperty(window, 'localStorage', { get: () => null })")]
    [InlineData(FullStorage)]
    [InlineData(UnreadableStorage)]
    [InlineData(Year2018 + NoStorage)]
    public async Task A_reader_is_counted_and_sees_the_numbers(string lack)
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { UserAgent = VisitPages.NewAgent() });
        await reader.Page.AddInitScriptAsync(lack);

        await reader.Page.GotoAsync(VisitPages.PathOf(Slug));
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        await reader.Page.ShowsAsync("total", before.Total + 1);
        await reader.Page.ReloadAsync();
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);

        Assert.Equal(before.Total + 1, (await browser.NumbersAsync(Slug)).Total);
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [InlineData(NoStorage)]
    [InlineData("Object.defineProperty(window, 'localStorage', { get: () => null })")]
    [InlineData(Year2018)]
    public async Task A_hanging_request_times_out_and_is_retried_with_its_id(string lack)
    {
        await using var reader = await browser.OpenAsync(new() { UserAgent = VisitPages.NewAgent() });
        await reader.Page.Clock.InstallAsync();
        await reader.Page.AddInitScriptAsync(lack);
        var sent = new SentRequests(reader.Context);
        await reader.Page.RouteAsync("**/api/visits/**", _ => Task.CompletedTask);
        await reader.Page.RunAndWaitForRequestAsync(
            () => reader.Page.GotoAsync(VisitPages.PathOf(Slug)), "**/api/visits/**");
        await reader.Page.Clock.FastForwardAsync("00:16");
        await Expect(reader.Page.GetByText("Chưa lấy được số liệu mới")).ToBeVisibleAsync();

        await reader.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await reader.Page.Clock.FastForwardAsync("00:16");
        await reader.Page.ShownAsync();

        Assert.Equal((2, 1), (sent.Views.Count, sent.DistinctViews));
    }

    [Fact]
    public async Task The_reading_settings_work_in_a_browser_of_2018()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.AddInitScriptAsync(Year2018);

        // The view may be counted after this test. Therefore it opens an article whose views no other test compares.
        await reader.Page.GotoAsync(VisitPages.PathOf(VisitPages.OtherSlug));
        await reader.Page.GetByText("Cỡ chữ").First.ClickAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Chữ to hơn" }).ClickAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Tương phản cao" }).ClickAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Sao chép" }).ClickAsync();

        Assert.Equal("1,", await reader.Page.EvaluateAsync<string>(
            "`${document.documentElement.dataset.size},${document.documentElement.getAttribute('data-contrast')}`"));
        await Expect(reader.Page.GetByText("Địa chỉ của bài")).ToBeVisibleAsync();
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [MemberData(nameof(WithoutVisitsScript))]
    public async Task Where_the_script_cannot_run_a_picture_counts_and_shows_the_numbers(string script)
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { UserAgent = VisitPages.NewAgent() });
        await reader.Page.RouteAsync("**/assets/visits.*.js", route => script.Length == 0
            ? route.AbortAsync()
            : route.FulfillAsync(new() { ContentType = "text/javascript", Body = script }));

        await reader.Page.GotoAsync(VisitPages.PathOf(Slug));

        await Expect(reader.Page.Locator(".visits img")).ToBeVisibleAsync();
        Assert.True(await reader.Page.Locator(".visits img").EvaluateAsync<bool>(
            "image => image.decode().then(() => image.naturalWidth > 0)"));
        await Expect(reader.Page.GetByText("…", new() { Exact = true })).ToHaveCountAsync(0);
        await browser.HasViewsAsync(Slug, before.Views!.Value + 1);
    }

    [Fact]
    public async Task Without_fetch_a_picture_counts_and_shows_the_numbers()
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync(new() { UserAgent = VisitPages.NewAgent() });
        await reader.Page.AddInitScriptAsync("delete window.fetch");

        await reader.Page.GotoAsync(VisitPages.PathOf(Slug));

        await Expect(reader.Page.Locator(".visits img")).ToBeVisibleAsync();
        await browser.HasViewsAsync(Slug, before.Views!.Value + 1);
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task Without_reading_js_the_numbers_are_still_shown()
    {
        var before = await browser.NumbersAsync(Slug);
        await using var reader = await browser.OpenAsync();
        await reader.Page.RouteAsync("**/assets/reading.*.js", route => route.AbortAsync());

        await reader.Page.GotoAsync(VisitPages.PathOf(Slug));

        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        await Expect(reader.Page.Locator(".visits dl")).ToBeVisibleAsync();
    }
}
