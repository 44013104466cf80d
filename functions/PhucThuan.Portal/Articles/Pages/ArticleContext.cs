using PhucThuan.Portal.Articles.Catalogues;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>Where a reader may go on from an article. A page is made anew when it changes.</summary>
/// <param name="Older">The article before in time; null for the oldest.</param>
/// <param name="Newer">The article after in time; null for the newest.</param>
/// <param name="Category">The category as lists name it; null for an article without, and for one that the list lacks yet.</param>
/// <param name="Related">The newest others of the same category, or of all when it is alone there.</param>
/// <param name="IsAlone">Whether no other is of its category.</param>
public sealed record ArticleContext(
    ArticleLink? Older, ArticleLink? Newer, string? Category, IReadOnlyList<ArticleLink> Related, bool IsAlone)
{
    public const int MaxRelated = 3;

    public static ArticleContext None { get; } = new(null, null, null, [], IsAlone: true);

    public static ArticleContext Of(string slug, PublishedArticles articles)
    {
        var (older, newer) = articles.NeighboursOf(slug);
        var category = articles.FindCategoryOf(slug);
        var isAlone = category is null or { Articles: [_] };
        var related = (isAlone ? articles.All : category!.Articles).Where(article => article.Slug != slug).Take(MaxRelated);
        return new(
            ArticleLink.Of(older), ArticleLink.Of(newer), category?.Name, [.. related.Select(article => ArticleLink.Of(article)!)], isAlone);
    }

    /// <summary>With the category's one name, unless the article has just been put under another.</summary>
    public ArticleSummary Name(ArticleSummary article) =>
        Category is not null && Slug.FromText(Category) == article.CategorySlug ? article with { Category = Category } : article;

    public bool IsSameAs(ArticleContext other) =>
        Older == other.Older && Newer == other.Newer && Category == other.Category && IsAlone == other.IsAlone
        && Related.SequenceEqual(other.Related);
}

/// <summary>An article to go to.</summary>
public sealed record ArticleLink(string Path, string Title)
{
    public static ArticleLink? Of(ArticleSummary? article) => article is null ? null : new(article.Path, article.Title);
}
