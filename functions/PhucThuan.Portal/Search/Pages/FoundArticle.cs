using PhucThuan.Portal.Articles;

namespace PhucThuan.Portal.Search.Pages;

/// <summary>A result: what matched, and the article as other lists show it.</summary>
public sealed record FoundArticle(SearchHit Hit, ArticleSummary Article);
