namespace PhucThuan.Portal.Search;

/// <summary>A match of a query word in a text.</summary>
/// <param name="Word">Index of the query word.</param>
/// <param name="IsAsTyped">True when the marks are as typed; always true for a query without marks.</param>
internal readonly record struct SearchMatch(int Start, int End, int Word, bool IsAsTyped);

/// <summary>
/// Finds the words of a query in texts. A page of results may scan six million characters, so words are compared
/// without allocations.
/// </summary>
internal sealed class SearchMatches
{
    private readonly SearchQuery _query;

    // One character longer than the longest query word, so that a longer word cannot match.
    private readonly char[] _folded;

    public SearchMatches(SearchQuery query)
    {
        _query = query;
        _folded = new char[query.Words.Select(word => word.Folded.Length).DefaultIfEmpty().Max() + 1];
    }

    /// <summary>Matches in text order, evaluated lazily.</summary>
    public IEnumerable<SearchMatch> Find(string text)
    {
        for (var end = 0; SearchTokens.Next(text, ref end) is >= 0 and var start;)
        {
            if (Match(text, start, end) is { } match)
            {
                yield return match;
            }
        }
    }

    private SearchMatch? Match(string text, int start, int end)
    {
        var written = text.AsSpan(start, end - start);
        var folded = _folded.AsSpan(0, SearchTokens.Fold(written, _folded));
        SearchMatch? match = null;
        for (var index = 0; index < _query.Words.Count; index++)
        {
            var word = _query.Words[index];
            var isBegun = _query.IsBegun(word);
            if (Matches(folded, word.Folded, isBegun, StringComparison.Ordinal))
            {
                if (!word.HasMarks || IsAsTyped(written, word, isBegun))
                {
                    return new(start, end, index, IsAsTyped: true);
                }

                match ??= new(start, end, index, IsAsTyped: false);
            }
        }

        return match;
    }

    /// <summary>Allocates, but is called only for words that are equal without marks.</summary>
    private static bool IsAsTyped(ReadOnlySpan<char> written, SearchWord word, bool isBegun) => Matches(
        VietnameseText.WithOneSpelling(written.ToString()), word.Exact, isBegun, StringComparison.OrdinalIgnoreCase);

    private static bool Matches(ReadOnlySpan<char> word, string wanted, bool isBegun, StringComparison comparison) =>
        isBegun ? word.StartsWith(wanted, comparison) : word.Equals(wanted, comparison);
}
