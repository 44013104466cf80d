using System.Globalization;
using System.Net.Http.Json;
using System.Web;
using Microsoft.Playwright;
using PhucThuan.Portal.Visits;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Visits;

/// <summary>Actions and assertions of the tests that count visits in a browser.</summary>
internal static class VisitPages
{
    public const string Slug = "xom-go-man-chung-suc-lam-duong-be-tong";
    public const string OtherSlug = "lich-tiem-chung-cho-tre-quy-iv-nam-2026";
    public const string ThirdSlug = "tam-ngung-cap-nuoc-ngay-21-11-2026";

    /// <summary>Script: defines <c>setVisibility("hidden")</c>, which hides the page.</summary>
    private const string Visibility = """
        window.setVisibility = (state) => {
          Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
          Object.defineProperty(document, "hidden", { configurable: true, get: () => state === "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        };
        """;

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string PathOf(string slug) => "/bai-viet/" + slug;

    /// <summary>A reader whose page can be hidden and whose clock can be moved.</summary>
    public static async Task<OpenPage> OpenWithClockAsync(this SampleSite browser)
    {
        var reader = await browser.OpenAsync();
        await reader.Page.Clock.InstallAsync();
        await reader.Page.AddInitScriptAsync(Visibility);
        return reader;
    }

    public static Task HideAsync(this IPage page) => page.EvaluateAsync("setVisibility('hidden')");

    public static Task ShowAsync(this IPage page) => page.EvaluateAsync("setVisibility('visible')");

    public static async Task<VisitNumbers> NumbersAsync(this SampleSite browser, string slug) =>
        (await browser.Client.GetFromJsonAsync<VisitNumbers>("/api/visits/" + slug, Cancellation))!;

    /// <summary>Waits until the article has this many views.</summary>
    public static Task HasViewsAsync(this SampleSite browser, string slug, long views) =>
        Eventually.AssertAsync(async () => Assert.Equal(views, (await browser.NumbersAsync(slug)).Views));

    /// <summary>Counts a visit of another reader.</summary>
    public static async Task CountAsync(this SampleSite browser, string slug)
    {
        var address = $"/api/visits/{slug}?visit=true";
        using var response = await browser.Client.PostAsync(address, content: null, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A user agent that no other test uses. It distinguishes browsers without local storage.</summary>
    public static string NewAgent() => TestBrowser.UserAgent.Replace(
        "153.0.0", $"153.0.{Random.Shared.Next(1, int.MaxValue)}", StringComparison.Ordinal);

    /// <summary>Waits until the page shows the number.</summary>
    public static Task ShowsAsync(this IPage page, string name, long number) =>
        Expect(page.Locator($"[data-number={name}]")).ToHaveTextAsync(number.ToString("N0", Vietnamese));

    /// <summary>Waits until the page has numbers.</summary>
    public static Task ShownAsync(this IPage page) =>
        Expect(page.Locator("[data-number=total]")).Not.ToHaveTextAsync("…");

    /// <summary>Returns the first request of a page, without the view's id, and the outcome of the view.</summary>
    public static async Task<(string Method, string Address, string? Outcome)> FirstRequestAsync(
        IPage page, Func<Task> open)
    {
        var response = await page.RunAndWaitForResponseAsync(
            open, response => response.Url.Contains("/api/visits/", StringComparison.Ordinal));
        var address = new Uri(response.Url);
        var query = HttpUtility.ParseQueryString(address.Query);
        Assert.Equal(response.Request.Method == "POST", query["view"] is not null);
        query.Remove("view");
        var rest = query.Count == 0 ? "" : "?" + query;
        return (response.Request.Method, address.AbsolutePath + rest, await response.HeaderValueAsync("x-visit"));
    }
}
