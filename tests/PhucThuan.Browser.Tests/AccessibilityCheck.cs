using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PhucThuan.Tests;

/// <summary>Runs axe-core in a page.</summary>
internal static class AccessibilityCheck
{
    private const string Targets = "a[href], button, input:not([type=hidden]), select, summary, [tabindex=\"0\"]";

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

    // The rule of axe implements WCAG 2.5.8, which allows small targets with space around them; 2.5.5 does not.
    // Excluded are links in a sentence or in an editor's text, and links that a pseudo-element extends to a card.
    private const string FindSmallTargets = $$"""
        () => [...document.querySelectorAll('{{Targets}}')]
          .filter(target => {
            const { width, height } = target.getBoundingClientRect();
            const isInSentence = getComputedStyle(target).display === 'inline'
              && target.textContent.trim() !== target.parentElement.textContent.trim();
            return width > 0 && (width < 43.5 || height < 43.5) && !isInSentence
              && getComputedStyle(target, '::after').position !== 'absolute' && !target.closest('article .body');
          })
          .map(target => `small target: ${target.outerHTML} ${target.offsetWidth} x ${target.offsetHeight}`)
        """;

    private const string WatchFocus = """
        () => {
          window.focused = new Map();
          addEventListener('focusin', ({ target }) => focused.set(target, getComputedStyle(target).outlineStyle));
        }
        """;

    private const string FindUnfocused = $$"""
        () => [...document.querySelectorAll('{{Targets}}')]
          .filter(target => target.checkVisibility({ visibilityProperty: true })
            && (focused.get(target) ?? 'none') === 'none')
          .map(target => `without focus: ${target.outerHTML}`)
        """;

    private static readonly object EnhancedRules = new Dictionary<string, object>
    {
        ["color-contrast-enhanced"] = new { enabled = true },
        ["target-size"] = new { enabled = true },
    };

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// Asserts that a page has no violation, including contrast and target size of level AAA. <c>RunAxe</c> of
    /// Deque.AxeCore.Playwright takes several times as long: it opens a second page to merge the results of frames, and
    /// these pages have none.
    /// </summary>
    public static async Task AssertAccessibleAsync(this IPage page)
    {
        await page.EvaluateAsync(Axe);
        await page.EvaluateAsync(Configure);
        var violations = await page.EvaluateAsync<string[]>(Run, EnhancedRules);
        violations = [.. violations, .. await page.EvaluateAsync<string[]>(FindSmallTargets)];
        Assert.True(violations.Length == 0, $"{page.Url}\n{string.Join('\n', violations)}");
    }

    /// <summary>Asserts that the Tab key reaches every visible link and control, with a visible focus.</summary>
    public static async Task AssertReachedByKeyboardAsync(this IPage page)
    {
        await page.EvaluateAsync(WatchFocus);
        var count = await page.Locator(Targets).CountAsync();
        for (var press = 0; press <= count; press++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        var unfocused = await page.EvaluateAsync<string[]>(FindUnfocused);
        Assert.True(unfocused.Length == 0, $"{page.Url}\n{string.Join('\n', unfocused)}");
    }
}
