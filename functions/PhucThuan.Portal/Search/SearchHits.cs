namespace PhucThuan.Portal.Search;

/// <summary>A matching article.</summary>
public sealed record SearchHit(string Slug, DateTimeOffset Published, string Title, string Text)
{
    /// <summary>False when the words match only far apart or without the typed marks.</summary>
    public bool IsAsTyped { get; init; } = true;
}

/// <summary>Category and year of at least one match.</summary>
/// <param name="Category">Slug; null for articles without category.</param>
public sealed record SearchFacet(string? Category, int Year);

/// <summary>One page of results.</summary>
/// <param name="Query">The query that matched, possibly relaxed, for highlighting.</param>
/// <param name="Page">Matches with <see cref="SearchHit.IsAsTyped"/> first.</param>
/// <param name="Count">Number of matching articles on all pages.</param>
public sealed record SearchHits(SearchQuery Query, IReadOnlyList<SearchHit> Page, int Count)
{
    /// <summary>Number of matches with <see cref="SearchHit.IsAsTyped"/>.</summary>
    public int CountAsTyped { get; init; } = Count;

    /// <summary>Facets of all matches of <see cref="Query"/> without its filter.</summary>
    public IReadOnlyList<SearchFacet> Facets { get; init; } = [];

    /// <summary>
    /// The query with similar words from titles in place of unknown ones; null without similar words.
    /// </summary>
    public string? Suggestion { get; init; }
}
