namespace PhucThuan.Portal.Search;

/// <summary>
/// A query in the language of FTS5. A word has letters and digits alone, so no quote; quoted, AND and NEAR are words too.
/// </summary>
internal static class IndexLanguage
{
    private const string Exact = "{exact_title exact_text exact_labels}";
    private const string Plain = "{plain_title plain_text plain_labels}";

    /// <summary>All words, whatever their marks.</summary>
    public static string All(SearchQuery query) => $"{Plain} : ({And(Folded(query))})";

    /// <summary>
    /// Any of the words, and any two that follow one another: most words of Vietnamese are written as two, and those are rarer,
    /// so they count for more.
    /// </summary>
    public static string Any(SearchQuery query) => string.Join(" OR ", Each(query).Concat(Pairs(query)));

    /// <summary>
    /// Each of the words by itself, with its marks if it was typed with any: of half the words, whatever their marks, nearly
    /// every long text has some.
    /// </summary>
    public static IEnumerable<string> Each(SearchQuery query) =>
        query.Words.Select(word => word.HasMarks ? $"{Exact} : \"{word.Exact}\"" : $"{Plain} : \"{word.Folded}\"");

    /// <summary>
    /// The words that were typed with marks. Without any it is not known whether they were left out: then all that was typed
    /// must stand there, side by side. Each word alone has another meaning somewhere, as "thu" has of "thu tuc".
    /// </summary>
    public static string AsTyped(SearchQuery query) =>
        $"{Exact} : ({(query.HasMarks ? And(Words(query, word => word.HasMarks ? word.Exact : null)) : Phrase(Typed(query)))})";

    public static string InTitle(SearchQuery query) =>
        $"{(query.HasMarks ? "exact_title" : "plain_title")} : ({And(AsMarked(query))})";

    /// <summary>Not across labels: an author of the "Ban Biên tập" in the category "Tin tức" has no "tập tin".</summary>
    public static string SideBySide(SearchQuery query) => $"{PhraseColumns(query)} : ({Phrase(AsMarked(query))})";

    private static string PhraseColumns(SearchQuery query) =>
        query.HasMarks ? "{exact_title exact_text}" : "{plain_title plain_text}";

    private static IEnumerable<string> Pairs(SearchQuery query)
    {
        var words = AsMarked(query).ToList();
        return words.Zip(words.Skip(1), (first, second) => $"{PhraseColumns(query)} : {Phrase([first, second])}");
    }

    /// <summary>With their marks, if any were typed.</summary>
    private static IEnumerable<string> AsMarked(SearchQuery query) => query.HasMarks ? Typed(query) : Folded(query);

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
