using System.Text;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Search;

/// <summary>A parsed search query.</summary>
public sealed class SearchQuery
{
    /// <summary>Maximum number of words, which bounds the search time.</summary>
    public const int MaxWords = 12;

    /// <summary>Minimum length of a prefix; a shorter one matches too many words.</summary>
    private const int MinBeginning = 2;

    /// <summary>Minimum number of matching words of a relaxed query; a single word is too unspecific.</summary>
    private const int MinWords = 2;

    private readonly SearchWord? _begun;

    private SearchQuery(
        string text, IReadOnlyList<SearchWord> words, bool isCut, SearchWord? begun = null, int? least = null)
    {
        Text = text;
        Words = words;
        IsCut = isCut;
        _begun = begun;
        Least = least ?? words.Count;
        HasMarks = words.Any(word => word.HasMarks);
    }

    /// <summary>The text as typed, trimmed.</summary>
    public string Text { get; }

    /// <summary>Distinct words; empty when the text contains no word.</summary>
    public IReadOnlyList<SearchWord> Words { get; }

    /// <summary>True when the text was truncated.</summary>
    public bool IsCut { get; }

    /// <summary>Minimum number of words that an article must contain.</summary>
    public int Least { get; }

    /// <summary>True when an article need not contain all words.</summary>
    public bool IsPartial => Least < Words.Count;

    /// <summary>True when the text has marks; otherwise they may have been omitted.</summary>
    public bool HasMarks { get; }

    public static SearchQuery Parse(string text)
    {
        // Keyboards and files differ in normalization; the index uses NFC.
        var whole = text.Trim();
        var read = Cut(whole);
        var words = VietnameseText.Words().Matches(VietnameseText.Normalize(read, NormalizationForm.FormC))
            .Select(match => SearchWord.Of(match.Value))
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
        Words is [.., var last] && last.Folded.Length >= MinBeginning ? new(Text, Words, IsCut, last) : null;

    /// <summary>
    /// This query for articles with at least half of the words. Null when that would be all words, or only one.
    /// </summary>
    public SearchQuery? Partial() =>
        Words.Count > MinWords ? new(Text, Words, IsCut, least: Math.Max(MinWords, (Words.Count + 1) / 2)) : null;

    /// <summary>True when the last word is a prefix.</summary>
    public bool IsBegun(SearchWord word) => ReferenceEquals(word, _begun);

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

/// <summary>A query word in lower case.</summary>
/// <param name="Exact">With marks, in NFC, in the spelling of the index: <c>hoá</c>, even if <c>hóa</c> was
/// typed.</param>
/// <param name="OtherSpelling">The other spelling of its tone, such as <c>hóa</c>; equal to Exact for most
/// words.</param>
/// <param name="Folded">Without marks.</param>
public sealed record SearchWord(string Exact, string OtherSpelling, string Folded)
{
    public bool HasMarks => Exact != Folded;

    public static SearchWord Of(string text)
    {
        var exact = VietnameseText.WithLateTones(text.ToLowerInvariant());
        return new(exact, VietnameseText.WithEarlyTones(exact), VietnameseText.Fold(text));
    }
}
