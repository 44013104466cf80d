using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Import;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Tells tables of data from those that only set columns. Official letters begin with two columns, for who writes and
/// for the country's motto, and end with two for recipients and signature.
/// </summary>
internal static class ArticleTables
{
    /// <summary>
    /// Before the sanitiser removes styles. Tables of spreadsheets hold data whether they have lines or not.
    /// </summary>
    public static HashSet<IElement> FindLayouts(IDocument document, IElement content, StyleCascade cascade) =>
    [
        .. content.QuerySelectorAll("table").Where(table => table.QuerySelector("th, caption") is null
            && HasNoBorder(table, cascade) && !IsOfSpreadsheet(document, table)),
    ];

    /// <summary>
    /// A wide table of data scrolls in its own box, which the keyboard reaches too (WCAG 2.1.1); screen readers read
    /// one that sets columns as text.
    /// </summary>
    public static void Frame(IDocument document, IElement content, HashSet<IElement> layouts)
    {
        var tables = content.QuerySelectorAll("table").Where(table => table.ParentElement?.Closest("table") is null)
            .ToList();
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
            var shape = DataTable.Describe(document, table);
            var box = Box(document, table);
            box.ClassName += shape;
            Name(box, table, count == 1 ? "Bảng" : $"Bảng {number}");
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

    /// <summary>Word says so of the table, LibreOffice of each cell, in its style or by its class.</summary>
    private static bool HasNoBorder(IElement table, StyleCascade cascade)
    {
        if (HasLine(table, cascade))
        {
            return false;
        }

        var cells = table.QuerySelectorAll("td");
        return table.GetAttribute("border") == "0"
            ? cells.All(cell => !HasLine(cell, cascade))
            : cells.Length > 0 && cells.All(cell => Sides.All(side => cascade.Get(cell, side) == "none"));
    }

    private static readonly string[] Sides = ["border-top-style", "border-right-style", "border-bottom-style",
        "border-left-style"];

    // Not inset and outset, which browsers draw for an attribute.
    private static bool HasLine(IElement element, StyleCascade cascade) =>
        Sides.Any(side => cascade.Get(element, side) is "solid" or "double" or "dashed" or "dotted");

    private static bool IsOfSpreadsheet(IDocument document, IElement table) =>
        document.QuerySelector(
            "html[xmlns\\:x], meta[name=ProgId i][content*=Excel i], meta[name=generator i][content*=Excel i], "
                + "meta[name=generator i][content*=Calc i]") is not null
        || table.ClassList.Contains("waffle")
        || table.QuerySelector("td[class^=xl], td[x\\:num], td[sdval], td[sdnum]") is not null;
}
