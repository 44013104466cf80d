using DocumentFormat.OpenXml.Wordprocessing;

namespace PhucThuan.Portal.Articles.Documents.Word;

/// <summary>The small table at the top of a document in which editors put metadata: names on the left, values on the right.</summary>
internal static class WordMetadata
{
    /// <param name="first">The first table of the document that nothing but empty paragraphs stands before.</param>
    /// <returns>By the names of <see cref="MetadataNames"/>; null when the table is one of the text.</returns>
    public static IReadOnlyDictionary<string, string>? Read(Table first, WordStyles styles, Func<TableCell, string> textOf)
    {
        if (new WordTable(first, styles).Pairs is not { Count: > 0 } pairs)
        {
            return null;
        }

        var fields = pairs.Select(pair => (Name: MetadataNames.Find(textOf(pair.Key)), Value: textOf(pair.Value))).ToList();

        // A row with a slip of the keyboard, or a note for colleagues, is not to bring the table onto the page.
        var known = fields.Count(field => field.Name is not null);
        return known * 2 > fields.Count
            ? fields.Where(field => field is { Name: not null, Value: not "" }).DistinctBy(field => field.Name).ToDictionary(field => field.Name!, field => field.Value)
            : null;
    }
}
