using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PhucThuan.Portal.Articles.Documents.Word;

/// <summary>
/// Converts a table to HTML. Computes row spans, because Word stores vertically merged cells separately.
/// </summary>
internal sealed class WordTable
{
    private readonly List<List<Cell>> _rows;
    private readonly bool _hasBorders;

    public WordTable(Table table, WordStyles styles)
    {
        _rows = [.. Flatten<TableRow>(table).Where(row => !IsDeleted(row)).Select(CellsOf)];
        var properties = table.GetFirstChild<TableProperties>();
        var borders = (OpenXmlElement?)properties?.TableBorders ?? styles.BordersOf(properties?.TableStyle?.Val?.Value);
        _hasBorders = AreVisible(borders)
            || _rows.SelectMany(row => row)
            .Any(cell => AreVisible(cell.Element?.TableCellProperties?.TableCellBorders));
    }

    /// <param name="write">Writes the content of a cell.</param>
    public string ToHtml(Func<TableCell, string> write)
    {
        // As in HTML, a table without borders only arranges columns.
        var html = new StringBuilder(_hasBorders ? "<table>" : "<table border=\"0\">");
        var heads = _rows.TakeWhile(row => row.Exists(cell => cell.IsHead)).Count();
        heads = heads == _rows.Count ? 0 : heads;
        html.Append(heads > 0 ? "<thead>" : "");
        for (var row = 0; row < _rows.Count; row++)
        {
            html.Append(row == heads && heads > 0 ? "</thead><tbody><tr>" : "<tr>");
            foreach (var cell in _rows[row].Where(cell => !cell.IsContinued))
            {
                var tag = row < heads ? "th" : "td";
                var content = cell.Element is null ? "" : write(cell.Element);
                html.Append(
                    string.Concat(
                        "<", tag, Span("colspan", cell.Width), Span("rowspan", HeightOf(row, cell)), ">", content,
                        "</", tag, ">"));
            }

            html.Append("</tr>");
        }

        return html.Append(heads > 0 ? "</tbody></table>" : "</table>").Append('\n').ToString();
    }

    private static string Span(string attribute, int count) => count > 1 ? $" {attribute}=\"{count}\"" : "";

    private static List<Cell> CellsOf(TableRow row)
    {
        var cells = new List<Cell>();
        var isHead = row.TableRowProperties?.GetFirstChild<TableHeader>().IsOn() == true;
        var column = Math.Clamp(
            row.TableRowProperties?.GetFirstChild<GridBefore>()?.Val.ToNumber() ?? 0, 0, Cell.MaxColumns);
        if (column > 0)
        {
            cells.Add(new(null, 0, column, false, false, isHead));
        }

        foreach (var cell in Flatten<TableCell>(row).Take(Cell.MaxCells))
        {
            var properties = cell.TableCellProperties;
            if (properties?.GetFirstChild<CellDeletion>() is not null)
            {
                continue;
            }

            var width = Math.Clamp(properties?.GridSpan?.Val.ToNumber() ?? 1, 1, Cell.MaxColumns);
            if (properties?.HorizontalMerge is { } merge && merge.Val?.InnerText != "restart" && cells.Count > 0)
            {
                cells[^1] = cells[^1] with { Width = cells[^1].Width + width };
            }
            else
            {
                var isMerged = properties?.VerticalMerge is not null;
                cells.Add(
                    new(cell, column, width, isMerged, isMerged
                        && properties!.VerticalMerge!.Val?.InnerText != "restart", isHead));
            }

            column += width;
        }

        return cells;
    }

    /// <summary>Row span: the cell and the merged cells below it.</summary>
    private int HeightOf(int row, Cell cell)
    {
        var height = 1;
        while (cell.IsMerged && row + height < _rows.Count
            && _rows[row + height].Exists(below => below.Column == cell.Column && below.IsContinued))
        {
            height++;
        }

        return height;
    }

    /// <summary>Unwraps content controls and custom XML around rows and cells.</summary>
    private static IEnumerable<T> Flatten<T>(OpenXmlElement parent)
        where T : OpenXmlElement => parent.ChildElements.SelectMany(child => child switch
        {
            T found => [found],
            SdtRow or SdtCell or SdtContentRow or SdtContentCell or CustomXmlRow or CustomXmlCell => Flatten<T>(child),
            _ => [],
        });

    private static bool IsDeleted(TableRow row) => row.TableRowProperties is { } properties
        && (properties.GetFirstChild<Deleted>() is not null || properties.GetFirstChild<Hidden>().IsOn() == true);

    private static bool AreVisible(OpenXmlElement? borders) =>
        borders?.ChildElements.OfType<BorderType>()
            .Any(border => border.Val?.InnerText is not (null or "none" or "nil")) == true;

    /// <param name="Element">Null for a gap at the start of a row.</param>
    /// <param name="Column">First column in the grid.</param>
    /// <param name="Width">Number of columns in the grid.</param>
    /// <param name="IsContinued">True when the cell is merged with the one above.</param>
    private sealed record Cell(TableCell? Element, int Column, int Width, bool IsMerged, bool IsContinued, bool IsHead)
    {
        /// <summary>Word's own limit.</summary>
        public const int MaxColumns = 63;

        /// <summary>Maximum number of cells per row; other programs have more columns than Word.</summary>
        public const int MaxCells = 255;
    }
}
