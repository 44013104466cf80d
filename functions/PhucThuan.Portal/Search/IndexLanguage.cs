namespace PhucThuan.Portal.Search;

/// <summary>
/// Translates a query to FTS5 syntax. Words are quoted, so that AND and NEAR are not operators. They contain only
/// letters and digits, so no quotes need escaping.
/// </summary>
internal static class IndexLanguage
{
    private const string Exact = "{exact_title exact_text exact_labels}";
    private const string Plain = "{plain_title plain_text plain_labels}";

    /// <summary>Maximum number of words between two adjacent query words.</summary>
    private const int MaxDistance = 6;

    /// <summary>All words, ignoring marks.</summary>
    public static string All(SearchQuery query) => $"{Plain} : ({And(Folded(query))})";

    /// <summary>
    /// Any of the words, and any two adjacent words: most Vietnamese words are written as two syllables, and pairs are
    /// rarer, so they rank higher.
    /// </summary>
    public static string Any(SearchQuery query) =>
        string.Join(" OR ", query.Words.Select(Each).Concat(Pairs(query)));

    /// <summary>
    /// A single word, with its marks if any were typed: without marks, nearly every long text would match half of the
    /// words of a query.
    /// </summary>
    public static string Each(SearchWord word) =>
        word.HasMarks ? $"{Exact} : \"{word.Exact}\"" : $"{Plain} : \"{word.Folded}\"";

    /// <summary>
    /// All words with the typed marks, each near an adjacent word of the query: "sổ" in one paragraph and "đỏ" in
    /// another do not match "sổ đỏ".
    /// </summary>
    public static string AsTyped(SearchQuery query)
    {
        var columns = query.HasMarks ? Exact : Plain;
        var words = AsMarked(query).ToList();
        if (words.Count == 1)
        {
            return $"{columns} : {words[0]}";
        }

        var pairs = words.Zip(words.Skip(1), (first, second) => $"{columns} : NEAR({first} {second}, {MaxDistance})")
            .ToList();
        return string.Join(" AND ", words.Select((_, index) => index == 0 ? $"({pairs[0]})"
            : index == pairs.Count ? $"({pairs[^1]})"
            : $"({pairs[index - 1]} OR {pairs[index]})"));
    }

    /// <summary>
    /// The query as a phrase with exactly the typed letters. Ranks results of a query without marks, which may have
    /// been omitted: a single word such as "thu" in "thu tuc" is ambiguous.
    /// </summary>
    public static string ExactPhrase(SearchQuery query) => $"{Exact} : ({Phrase(Typed(query))})";

    public static string InTitle(SearchQuery query) =>
        $"{(query.HasMarks ? "exact_title" : "plain_title")} : ({And(AsMarked(query))})";

    /// <summary>
    /// The query as a phrase. Excludes labels, where author "Ban Biên tập" and category "Tin tức" would match "tập
    /// tin".
    /// </summary>
    public static string SideBySide(SearchQuery query) => $"{PhraseColumns(query)} : ({Phrase(AsMarked(query))})";

    private static string PhraseColumns(SearchQuery query) =>
        query.HasMarks ? "{exact_title exact_text}" : "{plain_title plain_text}";

    private static IEnumerable<string> Pairs(SearchQuery query)
    {
        var words = AsMarked(query).ToList();
        return words.Zip(words.Skip(1), (first, second) => $"{PhraseColumns(query)} : {Phrase([first, second])}");
    }

    /// <summary>Words with their marks, if any were typed.</summary>
    private static IEnumerable<string> AsMarked(SearchQuery query) => query.HasMarks ? Typed(query) : Folded(query);

    private static IEnumerable<string> Folded(SearchQuery query) => Words(query, word => word.Folded);

    private static IEnumerable<string> Typed(SearchQuery query) => Words(query, word => word.Exact);

    /// <summary>
    /// Applies <paramref name="form"/> to each word and quotes it; adds a star to an incomplete last word.
    /// </summary>
    private static IEnumerable<string> Words(SearchQuery query, Func<SearchWord, string?> form) =>
        from word in query.Words
        let text = form(word)
        where text is not null
        select query.IsBegun(word) ? $"\"{text}\" *" : $"\"{text}\"";

    private static string And(IEnumerable<string> words) => string.Join(" AND ", words);

    private static string Phrase(IEnumerable<string> words) => string.Join(" + ", words);
}
