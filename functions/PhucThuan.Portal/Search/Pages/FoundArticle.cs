using PhucThuan.Portal.Articles;

namespace PhucThuan.Portal.Search.Pages;

/// <summary>A search result: the match, and the article's metadata.</summary>
public sealed record FoundArticle(SearchHit Hit, ArticleSummary Article);
