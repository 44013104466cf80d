using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Removes column letters, row numbers and empty margins from tables of spreadsheet programs.
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

    /// <summary>
    /// Removes column letters and row numbers: header cells in Google Sheets, plain cells in other programs.
    /// </summary>
    private static void RemoveFrame(IElement table)
    {
        var rows = table.QuerySelectorAll("tr").Where(row => row.Closest("table") == table).ToList();
        var head = rows.FirstOrDefault(row => row.ChildElementCount > 0);
        if (head is null || !IsLetters(head.Children.Select(cell => cell.TextContent.Trim()).ToList()))
        {
            return;
        }

        // Without row numbers, A and B are headings of the editor.
        var body = rows.Where(row => row != head && row.ChildElementCount > 0).ToList();
        if (!AreNumbered(body.ConvertAll(row => row.FirstElementChild!.TextContent.Trim())))
        {
            return;
        }

        head.Remove();
        body.ForEach(row => row.FirstElementChild!.Remove());

        foreach (var part in table.QuerySelectorAll("thead").Where(part => part.ChildElementCount == 0).ToList())
        {
            part.Remove();
        }
    }

    /// <summary>True for ascending numbers; a row that is merged with the one above has none.</summary>
    private static bool AreNumbered(List<string> cells)
    {
        var numbers = cells.Where(cell => cell.Length > 0).ToList();
        return numbers.Count > 0 && numbers.TrueForAll(number => RowNumber().IsMatch(number))
            && numbers.Zip(numbers.Skip(1)).All(pair => Number(pair.First) < Number(pair.Second));

        static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>True for consecutive letters after an empty corner cell.</summary>
    private static bool IsLetters(List<string> cells)
    {
        var letters = cells.Skip(1).ToList();
        return letters.Count > 0 && cells[0].Length == 0
            && letters.Index().All(cell => cell.Item == ColumnName(cell.Index));
    }

    private static string ColumnName(int index) => index < 26
        ? ((char)('A' + index)).ToString()
        : ColumnName((index / 26) - 1) + (char)('A' + (index % 26));

    [GeneratedRegex(@"^[0-9]{1,7}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RowNumber();
}
