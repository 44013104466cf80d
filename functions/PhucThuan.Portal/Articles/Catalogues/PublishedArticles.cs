namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>
/// The articles that readers see at a point in time. Immutable; replaced when the catalogue changes or
/// <see cref="Until"/> has passed.
/// </summary>
public sealed class PublishedArticles
{
    private readonly Dictionary<string, ArticleSummary> _pages;
    private readonly HashSet<string> _listed;
    private readonly Lazy<SimilarSlugs> _similar;
    private readonly Dictionary<string, string> _redirects;
    private readonly Dictionary<string, ArticleName> _files;
    private readonly IReadOnlyDictionary<string, DateTimeOffset> _removed;

    public PublishedArticles(Catalogue catalogue, DateTimeOffset now)
    {
        _files = catalogue.Entries.Select(entry => ArticleName.Of(entry.BlobName)).OfType<ArticleName>()
            .ToDictionary(name => name.Slug);
        Since = now;
        Until = UntilOf(catalogue, now);
        _removed = catalogue.Removed;
        var published = catalogue.Entries.Select(entry => entry.Summary).Where(article => article.Published <= now)
            .ToDictionary(article => article.Slug);
        _redirects = Redirects.Resolve(published);
        Pages = WithOneNameEach(
            [.. published.Values.Where(article => !_redirects.ContainsKey(article.Slug))], catalogue.CategoryNames);
        _pages = Pages.ToDictionary(article => article.Slug);
        All = [.. Pages.Where(article => !article.Steering.HasEndedAt(now))];
        LastRemoved = catalogue.Removed.Values.DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
        LastModified = LastModifiedOf(catalogue, now, LastRemoved);
        Home = [.. All.OrderByDescending(article => article.Steering.IsPinnedAt(now))];
        _similar = new(() => new SimilarSlugs(Pages));
        _listed = All.Select(article => article.Slug).ToHashSet();
        Categories = Category.Sort(
            All.Where(article => article.CategorySlug is not null)
                .GroupBy(article => article.CategorySlug!)
                .Select(group => new Category(group.Key, group.First().Category!, [.. group])),
            catalogue.CategoryNames);
    }

    /// <summary>Newest first, without expired articles. Category names have the spelling of the lists.</summary>
    public IReadOnlyList<ArticleSummary> All { get; }

    /// <summary><see cref="All"/> with pinned articles first.</summary>
    public IReadOnlyList<ArticleSummary> Home { get; }

    /// <summary>Every article with a page: <see cref="All"/> and expired articles.</summary>
    public IReadOnlyList<ArticleSummary> Pages { get; }

    /// <summary>In the editors' order. Names with the same slug are one category.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>Identifies this state of the catalogue within the process.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>
    /// Time of the latest change or removal of an article; the Unix epoch without any. <c>Last-Modified</c> of lists.
    /// All instances derive the same value from storage.
    /// </summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>Time of the latest removal of an article; the Unix epoch without any.</summary>
    public DateTimeOffset LastRemoved { get; }

    /// <summary>Time for which this object was created.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>Next time at which an article is published, expires or is no longer pinned.</summary>
    public DateTimeOffset Until { get; }

    public Category? FindCategory(string slug) => Categories.FirstOrDefault(category => category.Slug == slug);

    /// <summary>Null for an article without a category and for an unknown article.</summary>
    public Category? FindCategoryOf(string articleSlug) =>
        _pages.GetValueOrDefault(articleSlug)?.CategorySlug is { } category ? FindCategory(category) : null;

    /// <summary>Null for an article without a page.</summary>
    public ArticleSummary? Find(string slug) => _pages.GetValueOrDefault(slug);

    /// <summary>True when the article has a page.</summary>
    public bool Contains(string slug) => _pages.ContainsKey(slug);

    /// <summary>Articles with similar slugs, most similar first.</summary>
    public IReadOnlyList<ArticleSummary> FindSimilar(string slug, int limit) => _similar.Value.Find(slug, limit);

    /// <summary>Slug of the article that an article redirects to; null without a redirect.</summary>
    public string? FindRedirect(string slug) => _redirects.GetValueOrDefault(slug);

    /// <summary>True for an expired article.</summary>
    public bool HasEnded(string slug) => _pages.ContainsKey(slug) && !_listed.Contains(slug);

    /// <summary>The file of an article; null for an unknown article.</summary>
    public ArticleName? FindFile(string slug) => _files.GetValueOrDefault(slug);

    /// <summary>True when an article with this slug existed and was removed.</summary>
    public bool IsRemoved(string slug) => _removed.ContainsKey(slug);

    /// <summary>Includes changes caused by time, such as the expiry of an article.</summary>
    private static DateTimeOffset LastModifiedOf(
        Catalogue catalogue, DateTimeOffset now, DateTimeOffset lastRemoved) => catalogue.Entries
        .SelectMany(
            entry => entry.Summary.Steering.Changes().Append(entry.Summary.Published).Append(entry.Summary.Modified))
        .Where(change => change <= now)
        .Append(lastRemoved)
        .Max();

    private static DateTimeOffset UntilOf(Catalogue catalogue, DateTimeOffset now) => catalogue.Entries
        .SelectMany(entry => entry.Summary.Steering.Changes().Append(entry.Summary.Published))
        .Where(change => change > now)
        .DefaultIfEmpty(DateTimeOffset.MaxValue)
        .Min();

    private static IReadOnlyList<ArticleSummary> WithOneNameEach(
        List<ArticleSummary> articles, IReadOnlyList<string> listed)
    {
        var names = articles.Where(article => article.CategorySlug is not null)
            .GroupBy(article => article.CategorySlug!, article => article.Category!)
            .ToDictionary(group => group.Key, Category.NameOf);
        foreach (var name in listed)
        {
            names[Slug.FromText(name)!] = name;
        }

        return [.. articles.Select(
            article => article.CategorySlug is { } category ? article with { Category = names[category] } : article)];
    }
}
