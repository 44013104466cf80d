namespace PhucThuan.Portal.Search;

/// <summary>An article that has been found.</summary>
public sealed record SearchHit(string Slug, DateTimeOffset Published, string Title, string Text);

/// <summary>One page of what has been found.</summary>
/// <param name="Query">What was looked for in the end, which tells what to mark: whole words, or a last one that is only begun.</param>
/// <param name="Count">How many articles there are on all pages.</param>
public sealed record SearchHits(SearchQuery Query, IReadOnlyList<SearchHit> Page, int Count);
