using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// Extracts metadata from a table at the top of a document, with names on the left and values on the right. It replaces
/// <c>&lt;meta&gt;</c> for editors who use Word.
/// </summary>
internal static class MetadataTable
{
    private const int MaxRows = 20;

    /// <summary>Maximum number of characters before the table.</summary>
    private const int MaxTextBefore = 300;

    /// <summary>
    /// Replaces the table by <c>&lt;meta&gt;</c> elements, which take precedence over those of the file. Returns
    /// unknown names.
    /// </summary>
    public static IReadOnlyList<string> Extract(IDocument document, IElement content)
    {
        if (content.QuerySelector("table") is not { } table || !IsAtTheTop(table, content)
            || ReadRows(table) is not { } rows)
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
    /// Null for other tables: the first name and most of the others must be known. A table with only number, date and
    /// issuer is the letterhead of an official document, which is part of the text.
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
