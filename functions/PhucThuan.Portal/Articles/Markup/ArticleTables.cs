using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Import;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Distinguishes data tables from layout tables. Official letters have layout tables with two columns: at the start for
/// the issuer and the national motto, at the end for recipients and signature.
/// </summary>
internal static class ArticleTables
{
    /// <summary>
    /// Call before the sanitiser, which removes styles. Tables from spreadsheets are data tables even without borders.
    /// </summary>
    public static HashSet<IElement> FindLayouts(IDocument document, IElement content, StyleCascade cascade) =>
    [
        .. content.QuerySelectorAll("table").Where(table => table.QuerySelector("th, caption") is null
            && HasNoBorder(table, cascade) && !IsOfSpreadsheet(document, table)),
    ];

    /// <summary>
    /// Puts each table into a box. The box of a data table scrolls and has keyboard focus (WCAG 2.1.1); a layout table
    /// gets the role <c>presentation</c>.
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

    /// <summary>Word sets the border of the table, LibreOffice that of each cell, by style or class.</summary>
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

    // Excludes inset and outset, which browsers use for the attribute border.
    private static bool HasLine(IElement element, StyleCascade cascade) =>
        Sides.Any(side => cascade.Get(element, side) is "solid" or "double" or "dashed" or "dotted");

    private static bool IsOfSpreadsheet(IDocument document, IElement table) =>
        document.QuerySelector(
            "html[xmlns\\:x], meta[name=ProgId i][content*=Excel i], meta[name=generator i][content*=Excel i], "
                + "meta[name=generator i][content*=Calc i]") is not null
        || table.ClassList.Contains("waffle")
        || table.QuerySelector("td[class^=xl], td[x\\:num], td[sdval], td[sdnum]") is not null;
}
