using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>Links of an article page to other articles, each of them once. A change re-renders the page.</summary>
/// <param name="Older">The previous article of the category by date; null for its oldest.</param>
/// <param name="Newer">The next article of the category by date; null for its newest.</param>
/// <param name="Category">
/// The category as spelt in lists; null without a category, or when the article is not in the catalogue yet.
/// </param>
/// <param name="Related">The newest further articles of the category, or of all categories when it has none.</param>
/// <param name="IsAlone">True when the category contains only this article and its neighbours.</param>
/// <param name="LastModified">Time of the latest change of these articles, or of the latest removal of any.</param>
public sealed record ArticleContext(
    PageLink? Older,
    PageLink? Newer,
    string? Category,
    IReadOnlyList<ArticleSummary> Related,
    bool IsAlone,
    DateTimeOffset LastModified)
{
    public const int MaxRelated = 3;

    public static ArticleContext None { get; } = new(
        null, null, null, [], IsAlone: true, DateTimeOffset.UnixEpoch);

    public static ArticleContext Of(string slug, PublishedArticles articles)
    {
        var category = articles.FindCategoryOf(slug);
        var (older, newer) = NeighboursOf(slug, category?.Articles ?? articles.All);
        var known = new[] { slug, older?.Slug, newer?.Slug };
        var inCategory = RelatedOf(category?.Articles ?? [], known);
        var isAlone = inCategory.Count == 0;
        var related = isAlone ? RelatedOf(articles.All, known) : inCategory;
        var lastModified = related.Append(older).Append(newer).OfType<ArticleSummary>()
            .Select(article => article.Updated).Append(articles.LastRemoved).Max();
        return new(older?.Link, newer?.Link, category?.Name, related, isAlone, lastModified);
    }

    /// <summary>
    /// Replaces the article's spelling of its category by that of the lists, if it is the same category.
    /// </summary>
    public ArticleSummary WithListSpelling(ArticleSummary article) =>
        Category is not null && Slug.FromText(Category) == article.CategorySlug
            ? article with { Category = Category }
            : article;

    public bool IsSameAs(ArticleContext other) =>
        Older == other.Older && Newer == other.Newer && Category == other.Category && IsAlone == other.IsAlone
        && LastModified == other.LastModified
        && Related.SequenceEqual(other.Related);

    /// <summary>Null at the ends of the list, and for an expired article, which is not in the list.</summary>
    private static (ArticleSummary? Older, ArticleSummary? Newer) NeighboursOf(
        string slug, IReadOnlyList<ArticleSummary> newestFirst)
    {
        var position = newestFirst.Index().FirstOrDefault(article => article.Item.Slug == slug, (-1, null!)).Index;
        return position < 0
            ? default
            : (newestFirst.ElementAtOrDefault(position + 1), newestFirst.ElementAtOrDefault(position - 1));
    }

    private static List<ArticleSummary> RelatedOf(IEnumerable<ArticleSummary> articles, string?[] known) =>
        [.. articles.Where(article => !known.Contains(article.Slug)).Take(MaxRelated)];
}
