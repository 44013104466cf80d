using System.Text;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Search;

/// <summary>What a reader looks for.</summary>
public sealed class SearchQuery
{
    /// <summary>Words that are looked for. Each costs time in every article that has it.</summary>
    public const int MaxWords = 12;

    /// <summary>Letters that begin a word; fewer begin so many words that nothing is said by them.</summary>
    private const int MinBeginning = 2;

    /// <summary>Words that an article must have at the least when it has not all: one alone says too little.</summary>
    private const int MinWords = 2;

    private readonly SearchWord? _begun;

    private SearchQuery(string text, IReadOnlyList<SearchWord> words, bool isCut, SearchWord? begun = null, int? least = null)
    {
        Text = text;
        Words = words;
        IsCut = isCut;
        _begun = begun;
        Least = least ?? words.Count;
        HasMarks = words.Any(word => word.HasMarks);
    }

    /// <summary>As typed, but for white space at the ends.</summary>
    public string Text { get; }

    /// <summary>Without repetitions; empty when nothing typed is a word.</summary>
    public IReadOnlyList<SearchWord> Words { get; }

    /// <summary>Whether more was typed than is looked for.</summary>
    public bool IsCut { get; }

    /// <summary>How many of the words an article must have.</summary>
    public int Least { get; }

    /// <summary>Whether an article need not have all of the words.</summary>
    public bool IsPartial => Least < Words.Count;

    /// <summary>Whether anything was typed with marks; else they may have been left out everywhere.</summary>
    public bool HasMarks { get; }

    public static SearchQuery Parse(string text)
    {
        // Keyboards and files differ in how they compose letters; the index is in NFC.
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
    /// The same with a last word that is not yet whole: <c>khai giản</c> of <c>khai giảng</c>. Null when too little of it is there.
    /// </summary>
    public SearchQuery? Begun() =>
        Words is [.., var last] && last.Folded.Length >= MinBeginning ? new(Text, Words, IsCut, last) : null;

    /// <summary>The same for articles that have at least half of the words. Null when that would be all, or one alone.</summary>
    public SearchQuery? Partial() =>
        Words.Count > MinWords ? new(Text, Words, IsCut, least: Math.Max(MinWords, (Words.Count + 1) / 2)) : null;

    /// <summary>Whether longer words are meant that begin with this one.</summary>
    public bool IsBegun(SearchWord word) => ReferenceEquals(word, _begun);

    /// <summary>Between words, because half a word would have to be found too; one endless word is cut where it must be.</summary>
    private static string Cut(string text)
    {
        if (text.Length <= SearchForm.MaxLength)
        {
            return text;
        }

        var last = VietnameseText.Words().Matches(text).TakeWhile(word => word.Index < SearchForm.MaxLength).LastOrDefault();
        var isAcross = last is { Index: > 0 } && last.Index + last.Length > SearchForm.MaxLength;
        return text[..(isAcross ? last!.Index : SearchForm.MaxLength)].TrimEnd();
    }
}

/// <summary>One word in lower case.</summary>
/// <param name="Exact">With its marks, in NFC, as the index has it: <c>hoá</c>, even if <c>hóa</c> was typed.</param>
/// <param name="OtherSpelling">With its tone where other texts put it: <c>hóa</c>. Most words have but one place for it.</param>
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
