using System.Globalization;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Annotates a data table for the style sheet (<c>tables.css</c>): classes of its box for its shape, column headings on
/// cells (for cards on a phone), and a class for cells with numbers.
/// </summary>
internal sealed class DataTable
{
    /// <summary>Minimum number of columns of a table that is wider than the text.</summary>
    private const int WideColumns = 5;

    /// <summary>A table with more rows does not fit a screen.</summary>
    private const int LongRows = 20;

    /// <summary>
    /// Two columns fit the width of a phone; a card with more than eight lines does not fit its screen.
    /// </summary>
    private const int MinCardColumns = 3;
    private const int MaxCardColumns = 8;

    private const int MaxOrdinalLength = 4;

    private static readonly string[] Ordinals = ["STT", "TT", "Số TT", "Số thứ tự"];

    /// <summary>HTML allows no larger span.</summary>
    private const int MaxSpan = 1000;

    // Cells by row, cached because access by index takes linear time in AngleSharp.
    private readonly List<IElement[]> _head;
    private readonly List<IElement[]> _body;
    private readonly int _columns;
    private readonly bool _isRegular;

    private DataTable(IElement table)
    {
        _head = [.. RowsOf(table, "thead")];
        _body = [.. RowsOf(table, "tbody"), .. RowsOf(table, "tfoot")];
        var rows = _head.Concat(_body).ToList();
        _columns = rows.Select(row => row.Sum(SpanOf)).DefaultIfEmpty().Max();
        _isRegular = table.QuerySelector("table") is null
            && rows.All(row => row.Length == _columns && row.All(cell => SpanOf(cell) == 1 && !SpansRows(cell)));
    }

    /// <summary>True when each column has exactly one heading.</summary>
    private bool HasNames => _isRegular && _head.Count == 1 && _columns > 0;

    private bool HasCards => HasNames && _columns is >= MinCardColumns and <= MaxCardColumns;

    /// <summary>True when the first column numbers the rows; the second column is then sticky, too.</summary>
    private bool IsNumbered => HasNames && _columns >= WideColumns
        && Ordinals.Contains(TextOf(_head[0][0]), StringComparer.OrdinalIgnoreCase)
        && _body.All(row => TextOf(row[0]).Length <= MaxOrdinalLength);

    /// <summary>Changes the cells of a table in place. Returns the classes of its box, each after a space.</summary>
    public static string Describe(IDocument document, IElement table)
    {
        TableHead.Mark(document, table);
        var described = new DataTable(table);
        described.LabelCells();
        described.MarkNumbers();
        CellText.KeepTimesTogether(table);
        return described.Classes();
    }

    private string Classes() =>
        (_columns >= WideColumns ? " wide" : "")
        + (_body.Count > LongRows ? " long" : "")
        + (_isRegular ? " regular" : "")
        + (IsNumbered ? " numbered" : "")
        + (HasCards ? " cards" : "");

    private void LabelCells()
    {
        if (!HasCards)
        {
            return;
        }

        var labels = _head[0].Select(TextOf).ToList();
        foreach (var (cell, label) in _body.SelectMany(row => row.Zip(labels)))
        {
            if (label.Length > 0)
            {
                cell.SetAttribute("data-label", label);
            }
        }
    }

    /// <summary>
    /// Marks numbers for alignment: in a regular table whole columns with their headings, in others single cells.
    /// </summary>
    private void MarkNumbers()
    {
        if (!_isRegular)
        {
            MarkNumbers(_body.SelectMany(row => row).Where(cell => CellText.IsNumber(TextOf(cell))));
            return;
        }

        for (var column = 0; column < _columns; column++)
        {
            var texts = _body.Select(row => TextOf(row[column])).Where(text => !CellText.IsBlank(text)).ToList();
            if (texts.Count > 0 && texts.All(CellText.IsNumber))
            {
                MarkNumbers(_head.Concat(_body).Select(row => row[column]));
            }
        }
    }

    private static void MarkNumbers(IEnumerable<IElement> cells)
    {
        foreach (var cell in cells)
        {
            cell.ClassName = "number";
        }
    }

    /// <summary>Rows of the table itself, without those of nested tables.</summary>
    private static IEnumerable<IElement[]> RowsOf(IElement table, string section) =>
        table.Children.Where(part => part.LocalName == section)
            .SelectMany(part => part.Children)
            .Select(row => row.Children.ToArray());

    private static int SpanOf(IElement cell) =>
        int.TryParse(cell.GetAttribute("colspan"), CultureInfo.InvariantCulture, out var span)
            ? Math.Clamp(span, 1, MaxSpan)
            : 1;

    private static bool SpansRows(IElement cell) => cell.GetAttribute("rowspan") is not (null or "1");

    private static string TextOf(IElement cell) => PlainText.OneLine(cell.TextContent) ?? "";
}
