using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Tables of spreadsheets without what belongs to the program: letters of columns, numbers of rows, empty margins.
/// </summary>
internal static partial class Spreadsheets
{
    public static void Apply(IElement content)
    {
        foreach (var table in content.QuerySelectorAll("table").ToList())
        {
            RemoveFrame(table);
        }
    }

    /// <summary>Google Sheets names columns and rows in header cells; other programs in plain ones.</summary>
    private static void RemoveFrame(IElement table)
    {
        var rows = table.QuerySelectorAll("tr").Where(row => row.Closest("table") == table).ToList();
        var head = rows.FirstOrDefault(row => row.ChildElementCount > 0);
        if (head is null || !IsLetters(head.Children.Select(cell => cell.TextContent.Trim()).ToList()))
        {
            return;
        }

        head.Remove();
        var body = rows.Where(row => row != head).ToList();
        if (body.All(row => row.FirstElementChild is { } cell && RowNumber().IsMatch(cell.TextContent)))
        {
            body.ForEach(row => row.FirstElementChild!.Remove());
        }

        foreach (var part in table.QuerySelectorAll("thead").Where(part => part.ChildElementCount == 0).ToList())
        {
            part.Remove();
        }
    }

    private static bool IsLetters(List<string> cells)
    {
        var letters = cells.SkipWhile(string.IsNullOrEmpty).ToList();
        return letters.Count > 0 && cells.Count - letters.Count <= 1 && cells.Count > 1
            && letters.Index().All(cell => cell.Item == ColumnName(cell.Index));
    }

    private static string ColumnName(int index) => index < 26
        ? ((char)('A' + index)).ToString()
        : ColumnName((index / 26) - 1) + (char)('A' + (index % 26));

    [GeneratedRegex(@"^\s*\d{0,6}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex RowNumber();
}
