namespace PhucThuan.Portal.Search;

/// <summary>A matching article.</summary>
public sealed record SearchHit(string Slug, DateTimeOffset Published, string Title, string Text)
{
    /// <summary>False when words match only far apart, or without the marks that were typed.</summary>
    public bool IsAsTyped { get; init; } = true;
}

/// <summary>Category and year of at least one match.</summary>
/// <param name="Category">Slug; null for articles without category.</param>
public sealed record SearchFacet(string? Category, int Year);

/// <summary>One page of results.</summary>
/// <param name="Query">The query that matched, possibly relaxed, for highlighting.</param>
/// <param name="Page">Matches of the words together, with the marks that were typed, come first.</param>
/// <param name="Count">Number of matching articles on all pages.</param>
public sealed record SearchHits(SearchQuery Query, IReadOnlyList<SearchHit> Page, int Count)
{
    /// <summary>How many of <see cref="Count"/> have the words together, with the marks that were typed.</summary>
    public int CountAsTyped { get; init; } = Count;

    /// <summary>Of all matches of <see cref="Query"/> without its filter.</summary>
    public IReadOnlyList<SearchFacet> Facets { get; init; } = [];

    /// <summary>The query with words of titles in place of unknown ones; null when there are none like them.</summary>
    public string? Suggestion { get; init; }
}
