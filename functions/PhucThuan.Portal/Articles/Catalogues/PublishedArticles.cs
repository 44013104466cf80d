namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>The articles whose time has come. Immutable; a change makes a new object.</summary>
public sealed class PublishedArticles
{
    private readonly Dictionary<string, int> _positions;
    private readonly IReadOnlyDictionary<string, DateTimeOffset> _removed;

    public PublishedArticles(IReadOnlyList<ArticleSummary> all, IReadOnlyDictionary<string, DateTimeOffset> removed, DateTimeOffset since)
    {
        var names = all.Where(article => article.CategorySlug is not null)
            .GroupBy(article => article.CategorySlug!, article => article.Category!)
            .ToDictionary(group => group.Key, NameOf);
        All = [.. all.Select(article => article.CategorySlug is { } category ? article with { Category = names[category] } : article)];
        Since = since;
        _removed = removed;
        _positions = All.Index().ToDictionary(article => article.Item.Slug, article => article.Index);
        Categories =
        [
            .. All.GroupBy(article => article.CategorySlug)
                .Where(group => group.Key is not null)
                .Select(group => new Category(group.Key!, group.First().Category!, [.. group])),
        ];
    }

    /// <summary>Newest first; all of one category bear its one name.</summary>
    public IReadOnlyList<ArticleSummary> All { get; }

    /// <summary>That of the newest article first. Spellings that make the same slug are one category.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>Names this state of the catalogue in this process.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>When this instance saw it so first: Last-Modified of what is made of it.</summary>
    public DateTimeOffset Since { get; }

    public Category? FindCategory(string slug) => Categories.FirstOrDefault(category => category.Slug == slug);

    /// <summary>Null for an article without one, and for an article that is not here.</summary>
    public Category? FindCategoryOf(string articleSlug) =>
        _positions.TryGetValue(articleSlug, out var position) && All[position].CategorySlug is { } category ? FindCategory(category) : null;

    public ArticleSummary? Find(string slug) => _positions.TryGetValue(slug, out var position) ? All[position] : null;

    public bool Contains(string slug) => _positions.ContainsKey(slug);

    /// <summary>Whether there was an article of this name, and it was taken away.</summary>
    public bool IsRemoved(string slug) => _removed.ContainsKey(slug);

    /// <summary>The articles before and after in time; null at the ends and for an article that is not here.</summary>
    public (ArticleSummary? Older, ArticleSummary? Newer) NeighboursOf(string slug) =>
        _positions.TryGetValue(slug, out var position)
            ? (All.ElementAtOrDefault(position + 1), position == 0 ? null : All[position - 1])
            : default;

    /// <summary>
    /// Of the spellings of one name, newest first: with marks before without (<c>Tin tức</c>, <c>tin tuc</c>), small letters
    /// before capitals alone, then what is written most often.
    /// </summary>
    private static string NameOf(IEnumerable<string> spellings) => spellings
        .GroupBy(name => name)
        .OrderByDescending(name => !string.Equals(VietnameseText.Fold(name.Key), name.Key, StringComparison.OrdinalIgnoreCase))
        .ThenByDescending(name => name.Key.Any(char.IsLower))
        .ThenByDescending(name => name.Count())
        .First().Key;
}

/// <summary>Articles that editors put under one heading.</summary>
/// <param name="Slug">Of the heading, for its address: <c>thong-bao</c>.</param>
/// <param name="Name">As the best spelt of its articles have it.</param>
/// <param name="Articles">Newest first, at least one.</param>
public sealed record Category(string Slug, string Name, IReadOnlyList<ArticleSummary> Articles)
{
    public string Path => PathOf(Slug);

    public static string PathOf(string slug) => "/chuyen-muc/" + slug;
}
