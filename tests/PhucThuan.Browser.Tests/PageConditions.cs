using Microsoft.Playwright;

namespace PhucThuan.Tests;

internal static class PageConditions
{
    /// <summary>
    /// Waits until a script expression is true. Playwright's <c>WaitForFunctionAsync</c> polls inside the page with
    /// <c>eval</c>, which the content security policy blocks when the first value is false.
    /// </summary>
    public static Task BecomesTrueAsync(this IPage page, string expression) => Eventually.AssertAsync(
        async () => Assert.True(await page.EvaluateAsync<bool>(expression), expression));

    /// <summary>Waits until the service worker has cached a page with its style sheet and scripts.</summary>
    public static Task KeptAsync(this IPage page, string path) => page.BecomesTrueAsync(
        "caches.match('/sw.js?kept').then(index => index ? index.json() : []).then(index => index.some(page => "
            + $"page.path === '{path}' && Object.keys(page.files).some(file => /css$/.test(file))))");
}
