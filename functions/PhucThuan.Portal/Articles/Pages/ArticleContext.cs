using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>Links of an article page to other articles. A change re-renders the page.</summary>
/// <param name="Older">The previous article by date; null for the oldest.</param>
/// <param name="Newer">The next article by date; null for the newest.</param>
/// <param name="Category">The category in the spelling of the lists; null without category, and for an article not yet
/// in the catalogue.</param>
/// <param name="Related">The newest other articles of the same category, or of all categories when there is
/// none.</param>
/// <param name="IsAlone">True when the category has no other article.</param>
/// <param name="LastModified">The latest change of the articles above, or removal of any article.</param>
public sealed record ArticleContext(
    PageLink? Older,
    PageLink? Newer,
    string? Category,
    IReadOnlyList<PageLink> Related,
    bool IsAlone,
    DateTimeOffset LastModified)
{
    public const int MaxRelated = 3;

    public static ArticleContext None { get; } = new(
        null, null, null, [], IsAlone: true, DateTimeOffset.UnixEpoch);

    public static ArticleContext Of(string slug, PublishedArticles articles)
    {
        var (older, newer) = articles.NeighboursOf(slug);
        var category = articles.FindCategoryOf(slug);
        var isAlone = category is null or { Articles: [_] };
        var related = (isAlone ? articles.All : category!.Articles)
            .Where(article => article.Slug != slug)
            .Take(MaxRelated)
            .ToList();
        var lastModified = related.Append(older).Append(newer).OfType<ArticleSummary>()
            .Select(article => article.Updated).Append(articles.LastRemoved).Max();
        return new(
            older?.Link, newer?.Link, category?.Name, [.. related.Select(article => article.Link)], isAlone,
            lastModified);
    }

    /// <summary>The article with the category's spelling, unless its category has just changed.</summary>
    public ArticleSummary Name(ArticleSummary article) =>
        Category is not null && Slug.FromText(Category) == article.CategorySlug
            ? article with { Category = Category }
            : article;

    public bool IsSameAs(ArticleContext other) =>
        Older == other.Older && Newer == other.Newer && Category == other.Category && IsAlone == other.IsAlone
        && LastModified == other.LastModified
        && Related.SequenceEqual(other.Related);
}
