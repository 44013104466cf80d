using System.Text;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Search;

/// <summary>A parsed search query.</summary>
public sealed record SearchQuery
{
    /// <summary>Maximum number of words, to limit the search time.</summary>
    public const int MaxWords = 12;

    /// <summary>Minimum length of a prefix; shorter ones match too many words.</summary>
    private const int MinBeginning = 2;

    private SearchQuery(string text, IReadOnlyList<SearchWord> words, bool isCut)
    {
        Text = text;
        Words = words;
        IsCut = isCut;
        Least = words.Count;
    }

    /// <summary>The text as typed, trimmed.</summary>
    public string Text { get; }

    /// <summary>Distinct words; empty when the text contains no word.</summary>
    public IReadOnlyList<SearchWord> Words { get; private init; }

    /// <summary>True when the text was truncated.</summary>
    public bool IsCut { get; }

    /// <summary>Minimum number of words that an article must contain.</summary>
    public int Least { get; private init; }

    /// <summary>Words that no article contains; not part of <see cref="Words"/>.</summary>
    public IReadOnlyList<SearchWord> Unknown { get; private init; } = [];

    /// <summary>Restricts the results.</summary>
    public SearchFilter Filter { get; init; } = SearchFilter.None;

    /// <summary>True when an article need not contain all words that were typed.</summary>
    public bool IsPartial => Least < Words.Count || Unknown.Count > 0;

    /// <summary>True when the text has marks; otherwise they may have been omitted.</summary>
    public bool HasMarks => Words.Any(word => word.HasMarks);

    private SearchWord? Beginning { get; init; }

    public static SearchQuery Parse(string text)
    {
        // Keyboards and files differ in normalization; the index uses NFC.
        var whole = text.Trim();
        var read = Cut(whole);
        var words = SearchTokens.Split(SearchTokens.Normalize(VietnameseText.Normalize(read, NormalizationForm.FormC)))
            .Select(SearchWord.Of)
            .Where(word => word.Folded.Length > 0)
            .Distinct()
            .ToList();
        return new(read, [.. words.Take(MaxWords)], whole.Length > SearchForm.MaxLength || words.Count > MaxWords);
    }

    /// <summary>
    /// This query with the last word as a prefix: <c>khai giản</c> matches <c>khai giảng</c>. Null when the prefix is
    /// too short.
    /// </summary>
    public SearchQuery? Begun() =>
        Words is [.., var last] && last.Folded.Length >= MinBeginning ? this with { Beginning = last } : null;

    /// <summary>
    /// Variants of this query without unknown words, strictest first. The last one requires half of the known words; of
    /// three or more, at least two.
    /// </summary>
    public IEnumerable<SearchQuery> Partial(IReadOnlyCollection<SearchWord> unknown)
    {
        var known = Words.Where(word => !unknown.Contains(word)).ToList();
        int[] least = known.Count switch
        {
            0 => [],
            1 => [1],
            2 => [2, 1],
            _ => [Math.Max(2, (known.Count + 1) / 2)],
        };
        return least
            .Where(count => count < Words.Count)
            .Select(count => this with { Words = known, Unknown = [.. unknown], Least = count });
    }

    /// <summary>True when the last word is a prefix.</summary>
    public bool IsBegun(SearchWord word) => ReferenceEquals(word, Beginning);

    /// <summary>
    /// Truncates between words, because a partial word would not match; a single overlong word is cut.
    /// </summary>
    private static string Cut(string text)
    {
        if (text.Length <= SearchForm.MaxLength)
        {
            return text;
        }

        var last = VietnameseText.Words()
            .Matches(text)
            .TakeWhile(word => word.Index < SearchForm.MaxLength)
            .LastOrDefault();
        var isAcross = last is { Index: > 0 } && last.Index + last.Length > SearchForm.MaxLength;
        return text[..(isAcross ? last!.Index : SearchForm.MaxLength)].TrimEnd();
    }
}

/// <summary>A query word in lower case, in the spelling of the index.</summary>
/// <param name="Exact">With marks, in NFC: <c>hoá</c>, even if <c>hóa</c> was typed.</param>
/// <param name="Folded">Without marks.</param>
public sealed record SearchWord(string Exact, string Folded)
{
    public bool HasMarks => Exact != Folded;

    /// <param name="normalized">A word of <see cref="SearchTokens.Split"/>.</param>
    public static SearchWord Of(string normalized) =>
        new(normalized.ToLowerInvariant(), VietnameseText.Fold(normalized));
}
