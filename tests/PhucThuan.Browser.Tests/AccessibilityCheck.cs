using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PhucThuan.Tests;

/// <summary>Runs axe-core in a page.</summary>
internal static class AccessibilityCheck
{
    // Nodes are collected for violations only: the report of all rules that pass is four times as large.
    private const string Run = """
        async rules => (await axe.run(document, { resultTypes: ['violations'], rules })).violations
          .flatMap(violation => violation.nodes.map(node =>
            `${violation.id}: ${node.html} ${node.any.map(check => check.message).join(' ')}`))
        """;

    // Level AAA: targets of 44 pixels (WCAG 2.5.5), and a contrast of 7:1 (1.4.6).
    private const string Configure = """
        () => axe.configure({
          checks: [
            { id: 'target-size', options: { minSize: 44 } },
            { id: 'target-offset', options: { minOffset: 44 } },
          ],
        })
        """;

    private static readonly object EnhancedRules = new Dictionary<string, object>
    {
        ["color-contrast-enhanced"] = new { enabled = true },
        ["target-size"] = new { enabled = true },
    };

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <returns>
    /// Rule, element and reason of each violation of level AA. <c>RunAxe</c> of Deque.AxeCore.Playwright takes several
    /// times as long: it opens a second page to merge the results of frames, and these pages have none.
    /// </returns>
    public static async Task<IReadOnlyList<string>> FindViolationsAsync(this IPage page)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(Run, new Dictionary<string, object>());
    }

    /// <summary>Asserts that a page for readers has no violation, with contrast and targets of level AAA.</summary>
    public static async Task AssertAccessibleAsync(this IPage page)
    {
        await page.EvaluateAsync(Axe);
        await page.EvaluateAsync(Configure);
        var violations = await page.EvaluateAsync<string[]>(Run, EnhancedRules);
        Assert.True(violations.Length == 0, $"{page.Url}\n{string.Join('\n', violations)}");
    }
}
