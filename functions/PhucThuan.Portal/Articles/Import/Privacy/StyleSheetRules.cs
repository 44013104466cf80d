using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>
/// Rewrites rules that AngleSharp.Css 1.4 ignores, so that text hidden by them stays hidden: <c>@container</c>,
/// <c>@scope</c>, and media features that are true for a reader with a mouse.
/// </summary>
internal static partial class StyleSheetRules
{
    public static void Rewrite(IDocument document)
    {
        foreach (var sheet in document.QuerySelectorAll("style").Where(sheet => Rule().IsMatch(sheet.TextContent))
            .ToList())
        {
            sheet.TextContent = Rule().Replace(sheet.TextContent, Rewrite);
        }
    }

    // Conditions of a container are ignored, because its size is unknown before layout. The lower limit of a scope is
    // ignored, too: at worst, too much is hidden.
    private static string Rewrite(Match rule) =>
        rule.Groups["name"].Value.ToLowerInvariant() switch
        {
            "container" => "@media all",
            "scope" => rule.Groups["root"] is { Success: true, Value: var root } ? $":is({root})" : "@media all",
            _ => TrueFeature().Replace(rule.Value, "(min-width:0px)"),
        };

    [GeneratedRegex(
        @"@(?<name>container|scope|media)(?![\w-])\s*(?:\((?<root>[^(){}]*(?:\([^(){}]*\)[^(){}]*)*)\))?[^{}]*(?=\{)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(
        @"\(\s*(?:(?:any-)?hover(?:\s*:\s*hover)?|(?:any-)?pointer(?:\s*:\s*fine)?"
            + @"|prefers-color-scheme(?:\s*:\s*light)?"
            + @"|(?:prefers-reduced-(?:motion|data|transparency)|prefers-contrast)\s*:\s*no-preference"
            + @"|(?:forced|inverted)-colors\s*:\s*none|color-gamut\s*:\s*srgb|display-mode\s*:\s*browser"
            + @"|dynamic-range\s*:\s*standard|scripting(?:\s*:\s*enabled)?|update(?:\s*:\s*fast)?)\s*\)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrueFeature();
}
