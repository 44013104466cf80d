using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Detects the header row of a table. Editors write it in bold, and word processors save it like any other row, so
/// style sheet and screen readers would not know the column headings.
/// </summary>
internal static class TableHead
{
    /// <summary>Limits the work; readable tables have fewer columns.</summary>
    private const int MaxColumns = 100;

    public static void Mark(IDocument document, IElement table)
    {
        if (table.Children.Any(part => part.LocalName == "thead")
            || table.Children.FirstOrDefault(part => part.LocalName == "tbody") is not { ChildElementCount: > 1 } body
            || body.FirstElementChild is not { ChildElementCount: > 1 and <= MaxColumns } first
            || !first.Children.All(IsName)
            || first.QuerySelector(":scope > [rowspan]:not([rowspan='1'])") is not null
            || body.Children[1].Children.All(IsName))
        {
            return;
        }

        var head = document.CreateElement("thead");
        table.InsertBefore(head, body);
        head.AppendChild(first);
        foreach (var cell in first.Children.Where(cell => cell.LocalName == "td").ToList())
        {
            ToHeader(document, cell);
        }
    }

    /// <summary>True for a header cell and for a cell whose text is all bold.</summary>
    private static bool IsName(IElement cell)
    {
        var words = Letters(cell.TextContent);
        return words > 0 && (cell.LocalName == "th"
            || cell.QuerySelectorAll("b, strong").Where(bold => bold.ParentElement?.Closest("b, strong") is null)
                .Sum(bold => Letters(bold.TextContent)) == words);
    }

    private static int Letters(string text) => text.Count(letter => !char.IsWhiteSpace(letter));

    private static void ToHeader(IDocument document, IElement cell)
    {
        var header = document.CreateElement("th");
        header.SetAttribute("scope", "col");
        foreach (var attribute in cell.Attributes)
        {
            header.SetAttribute(attribute.Name, attribute.Value);
        }

        header.Append([.. cell.ChildNodes]);
        cell.Replace(header);
    }
}
