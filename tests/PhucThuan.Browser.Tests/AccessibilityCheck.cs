using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PhucThuan.Tests;

/// <summary>Runs axe-core in a page.</summary>
internal static class AccessibilityCheck
{
    // Nodes are collected for violations only: the report of all rules that pass is four times as large.
    private const string Run = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .map(violation => `${violation.id}: ${violation.nodes[0].html}`)
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <returns>
    /// Rule and first element of each violation. <c>RunAxe</c> of Deque.AxeCore.Playwright takes several times as long: it
    /// opens a second page to merge the results of frames, and these pages have none.
    /// </returns>
    public static async Task<IReadOnlyList<string>> FindViolationsAsync(this IPage page)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(Run);
    }
}
