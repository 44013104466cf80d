using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>Where a reader may go on from an article. A page is made anew when it changes.</summary>
/// <param name="Older">The article before in time; null for the oldest.</param>
/// <param name="Newer">The article after in time; null for the newest.</param>
/// <param name="Category">The category as lists name it; null for an article without, and for one that the list lacks yet.</param>
/// <param name="Related">The newest others of the same category, or of all when it is alone there.</param>
/// <param name="IsAlone">Whether no other is of its category.</param>
public sealed record ArticleContext(
    PageLink? Older, PageLink? Newer, string? Category, IReadOnlyList<PageLink> Related, bool IsAlone)
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
            older?.Link, newer?.Link, category?.Name, [.. related.Select(article => article.Link)], isAlone);
    }

    /// <summary>With the category's one name, unless the article has just been put under another.</summary>
    public ArticleSummary Name(ArticleSummary article) =>
        Category is not null && Slug.FromText(Category) == article.CategorySlug ? article with { Category = Category } : article;

    public bool IsSameAs(ArticleContext other) =>
        Older == other.Older && Newer == other.Newer && Category == other.Category && IsAlone == other.IsAlone
        && Related.SequenceEqual(other.Related);
}
