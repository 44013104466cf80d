namespace PhucThuan.Portal.Search;

/// <summary>
/// A query in the language of FTS5. A word has letters and digits alone, so no quote; quoted, AND and NEAR are words too.
/// </summary>
internal static class IndexLanguage
{
    private const string Exact = "{exact_title exact_text}";
    private const string Plain = "{plain_title plain_text}";

    /// <summary>All words, whatever their marks.</summary>
    public static string Found(SearchQuery query) => $"{Plain} : ({And(Folded(query))})";

    /// <summary>
    /// The words that were typed with marks. Without any it is not known whether they were left out: then all that was typed
    /// must stand there, side by side. Each word alone has another meaning somewhere, as "thu" has of "thu tuc".
    /// </summary>
    public static string AsTyped(SearchQuery query) =>
        $"{Exact} : ({(query.HasMarks ? And(Words(query, word => word.HasMarks ? word.Exact : null)) : Phrase(Typed(query)))})";

    public static string InTitle(SearchQuery query) =>
        query.HasMarks ? $"exact_title : ({And(Typed(query))})" : $"plain_title : ({And(Folded(query))})";

    public static string SideBySide(SearchQuery query) =>
        query.HasMarks ? $"{Exact} : ({Phrase(Typed(query))})" : $"{Plain} : ({Phrase(Folded(query))})";

    private static IEnumerable<string> Folded(SearchQuery query) => Words(query, word => word.Folded);

    private static IEnumerable<string> Typed(SearchQuery query) => Words(query, word => word.Exact);

    /// <summary>What <paramref name="form"/> takes of each word, quoted; the last one with a star when it is only begun.</summary>
    private static IEnumerable<string> Words(SearchQuery query, Func<SearchWord, string?> form) =>
        from word in query.Words
        let text = form(word)
        where text is not null
        select query.IsBegun(word) ? $"\"{text}\" *" : $"\"{text}\"";

    private static string And(IEnumerable<string> words) => string.Join(" AND ", words);

    private static string Phrase(IEnumerable<string> words) => string.Join(" + ", words);
}
