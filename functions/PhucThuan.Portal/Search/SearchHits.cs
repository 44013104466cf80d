namespace PhucThuan.Portal.Search;

/// <summary>A matching article.</summary>
public sealed record SearchHit(string Slug, DateTimeOffset Published, string Title, string Text);

/// <summary>One page of results.</summary>
/// <param name="Query">The query that matched, possibly relaxed, for highlighting.</param>
/// <param name="Count">Number of matching articles on all pages.</param>
public sealed record SearchHits(SearchQuery Query, IReadOnlyList<SearchHit> Page, int Count);
