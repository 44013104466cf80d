using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// A small table at the top of a document, names on the left and values on the right: how editors who work in Word give what
/// others write in <c>&lt;meta&gt;</c>.
/// </summary>
internal static class MetadataTable
{
    private const int MaxRows = 20;

    /// <summary>Characters before the table: a line or two, not a text.</summary>
    private const int MaxTextBefore = 300;

    /// <summary>
    /// Moves the table's rows into <c>&lt;meta&gt;</c> elements that come before those of the file, and removes the table. The
    /// answer is the names that were not understood.
    /// </summary>
    public static IReadOnlyList<string> Take(IDocument document, IElement content)
    {
        if (content.QuerySelector("table") is not { } table || !IsAtTheTop(table, content) || ReadRows(table) is not { } rows)
        {
            return [];
        }

        foreach (var (name, value) in Enumerable.Reverse(rows))
        {
            if (MetadataNames.Find(name) is { } known && value is not null)
            {
                var meta = document.CreateElement("meta");
                meta.SetAttribute("name", known);
                meta.SetAttribute("content", value);
                document.Head!.Prepend(meta);
            }
        }

        table.Remove();
        return [.. rows.Where(row => MetadataNames.Find(row.Name) is null).Select(row => row.Name)];
    }

    private static bool IsAtTheTop(IElement table, IElement content)
    {
        var before = 0;
        foreach (var text in content.Descendants<IText>())
        {
            if (text.Ancestors().Contains(table))
            {
                return true;
            }

            before += text.Data.Trim().Length;
            if (before > MaxTextBefore)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>
    /// Null for a table of something else: most names must be known, the first of them too. Number, date and issuer alone
    /// are the letterhead of an official document, which is text.
    /// </summary>
    private static List<(string Name, string? Value)>? ReadRows(IElement table)
    {
        var rows = new List<(string Name, string? Value)>();
        foreach (var row in table.QuerySelectorAll("tr").Take(MaxRows + 1))
        {
            var cells = row.QuerySelectorAll("td, th").Select(cell => PlainText.OneLine(cell.TextContent)).ToList();
            if (cells.Count != 2)
            {
                return null;
            }

            if (cells[0] is { } name)
            {
                rows.Add((name, cells[1]));
            }
        }

        var known = rows.Select(row => MetadataNames.Find(row.Name)).OfType<string>().ToList();
        return rows.Count <= MaxRows
            && MetadataNames.Find(rows.FirstOrDefault().Name) is not null
            && known.Count * 2 > rows.Count
            && !known.TrueForAll(name => name is "number" or "issued" or "issuer")
            ? rows
            : null;
    }
}
