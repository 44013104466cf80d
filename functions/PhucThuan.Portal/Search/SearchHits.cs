namespace PhucThuan.Portal.Search;

/// <summary>An article that has been found.</summary>
public sealed record SearchHit(string Slug, DateTimeOffset Published, string Title, string Text);

/// <summary>One page of what has been found.</summary>
/// <param name="Count">How many articles there are on all pages.</param>
public sealed record SearchHits(IReadOnlyList<SearchHit> Page, int Count);
