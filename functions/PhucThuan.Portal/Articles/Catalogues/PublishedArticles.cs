namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>Articles whose publication date has passed. Immutable.</summary>
public sealed class PublishedArticles
{
    private readonly Dictionary<string, int> _positions;
    private readonly IReadOnlyDictionary<string, DateTimeOffset> _removed;

    public PublishedArticles(IReadOnlyList<ArticleSummary> all, IReadOnlyDictionary<string, DateTimeOffset> removed)
    {
        var names = all.Where(article => article.CategorySlug is not null)
            .GroupBy(article => article.CategorySlug!, article => article.Category!)
            .ToDictionary(group => group.Key, NameOf);
        All = [.. all.Select(article =>
                article.CategorySlug is { } category ? article with { Category = names[category] } : article)];
        _removed = removed;
        LastRemoved = removed.Values.DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
        LastModified = All.Select(article => article.Updated).Append(LastRemoved).Max();
        _positions = All.Index().ToDictionary(article => article.Item.Slug, article => article.Index);
        Categories =
        [
            .. All.GroupBy(article => article.CategorySlug)
                .Where(group => group.Key is not null)
                .Select(group => new Category(group.Key!, group.First().Category!, [.. group])),
        ];
    }

    /// <summary>Newest first, with one spelling per category.</summary>
    public IReadOnlyList<ArticleSummary> All { get; }

    /// <summary>In the order of their newest articles. Spellings with the same slug are one category.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>Identifies this state of the catalogue within the process.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>
    /// The latest change of an article, or removal of one; the Unix epoch without any. Last-Modified of lists: the same at each
    /// instance, since it derives from storage.
    /// </summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>The latest removal; the Unix epoch without any.</summary>
    public DateTimeOffset LastRemoved { get; }

    public Category? FindCategory(string slug) => Categories.FirstOrDefault(category => category.Slug == slug);

    /// <summary>Null for an article without category, and for an unknown article.</summary>
    public Category? FindCategoryOf(string articleSlug) =>
        _positions.TryGetValue(articleSlug, out var position) && All[position].CategorySlug is { } category
            ? FindCategory(category)
            : null;

    public ArticleSummary? Find(string slug) => _positions.TryGetValue(slug, out var position) ? All[position] : null;

    public bool Contains(string slug) => _positions.ContainsKey(slug);

    /// <summary>True when an article with this slug existed and was removed.</summary>
    public bool IsRemoved(string slug) => _removed.ContainsKey(slug);

    /// <summary>The previous and the next article by date; null at the ends and for an unknown article.</summary>
    public (ArticleSummary? Older, ArticleSummary? Newer) NeighboursOf(string slug) =>
        _positions.TryGetValue(slug, out var position)
            ? (All.ElementAtOrDefault(position + 1), position == 0 ? null : All[position - 1])
            : default;

    /// <summary>
    /// Chooses one spelling, given newest first: with marks over without (<c>Tin tức</c>, <c>tin tuc</c>), mixed case
    /// over capitals only, then the most frequent.
    /// </summary>
    private static string NameOf(IEnumerable<string> spellings) => spellings
        .GroupBy(name => name)
        .OrderByDescending(name =>
            !string.Equals(VietnameseText.Fold(name.Key), name.Key, StringComparison.OrdinalIgnoreCase))
        .ThenByDescending(name => name.Key.Any(char.IsLower))
        .ThenByDescending(name => name.Count())
        .First().Key;
}

/// <summary>A category of articles.</summary>
/// <param name="Slug">For its address, such as <c>thong-bao</c>.</param>
/// <param name="Name">The chosen spelling.</param>
/// <param name="Articles">Newest first, at least one.</param>
public sealed record Category(string Slug, string Name, IReadOnlyList<ArticleSummary> Articles)
{
    public string Path => PathOf(Slug);

    public static string PathOf(string slug) => "/chuyen-muc/" + slug;
}
