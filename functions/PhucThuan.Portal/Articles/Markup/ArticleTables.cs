using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Tells tables of data from those that only set columns. Official letters begin with two columns, for who writes and for the
/// country's motto, and end with two for recipients and signature.
/// </summary>
internal static class ArticleTables
{
    private const string NoBorder = "border:none";

    /// <summary>Before the sanitiser takes borders away.</summary>
    public static HashSet<IElement> FindLayouts(IElement content) =>
        [.. content.QuerySelectorAll("table").Where(table => table.QuerySelector("th, caption") is null && HasNoBorder(table))];

    /// <summary>
    /// A wide table of data scrolls in its own box, which the keyboard reaches too (WCAG 2.1.1); screen readers read one that
    /// sets columns as text.
    /// </summary>
    public static void Frame(IDocument document, IElement content, HashSet<IElement> layouts)
    {
        var tables = content.QuerySelectorAll("table").Where(table => table.ParentElement?.Closest("table") is null).ToList();
        var count = tables.Except(layouts).Count();
        var number = 0;
        foreach (var table in tables)
        {
            if (layouts.Contains(table))
            {
                table.ClassName = "layout";
                table.SetAttribute("role", "presentation");
                Box(document, table);
                continue;
            }

            number++;
            Name(Box(document, table), table, count == 1 ? "Bảng" : $"Bảng {number}");
        }
    }

    private static IElement Box(IDocument document, IElement table)
    {
        var box = document.CreateElement("div");
        box.ClassName = "table-scroll";
        table.Replace(box);
        box.AppendChild(table);
        return box;
    }

    private static void Name(IElement box, IElement table, string name)
    {
        box.SetAttribute("tabindex", "0");
        box.SetAttribute("role", "region");
        box.SetAttribute("aria-label", PlainText.OneLine(table.QuerySelector("caption")?.TextContent) ?? name);
    }

    /// <summary>Word says so of the table, LibreOffice of each cell.</summary>
    private static bool HasNoBorder(IElement table)
    {
        var cells = table.QuerySelectorAll("td").Select(cell => StyleOf(cell)).ToList();
        return table.GetAttribute("border") == "0"
            ? cells.All(style => !style.Contains("solid", StringComparison.OrdinalIgnoreCase))
            : cells.Count > 0 && cells.All(style => style.Contains(NoBorder, StringComparison.OrdinalIgnoreCase));
    }

    private static string StyleOf(IElement cell) =>
        (cell.GetAttribute("style") ?? "").Replace(" ", "", StringComparison.Ordinal);
}
