using System.Globalization;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>A category with its articles.</summary>
/// <param name="Slug">Derived from the name: <c>thong-bao</c>.</param>
/// <param name="Name">Spelling of <see cref="CategoriesFile"/>, otherwise the best one of its articles.</param>
/// <param name="Articles">Newest first, at least one.</param>
public sealed record Category(string Slug, string Name, IReadOnlyList<ArticleSummary> Articles)
{
    // Sorts numbers by value: Xóm 2 before Xóm 10.
    private static readonly StringComparer Alphabet =
        StringComparer.Create(VietnamTime.Culture, CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);

    public string Path => PathOf(Slug);

    public static string PathOf(string slug) => "/chuyen-muc/" + slug;

    /// <summary>Sorts in the order of <paramref name="names"/>, then the others alphabetically.</summary>
    internal static IReadOnlyList<Category> Sort(IEnumerable<Category> categories, IReadOnlyList<string> names)
    {
        var places = names.Select(name => Portal.Articles.Slug.FromText(name)!).Index()
            .ToDictionary(place => place.Item, place => place.Index);
        return [.. categories.OrderBy(category => places.GetValueOrDefault(category.Slug, int.MaxValue))
            .ThenBy(category => category.Name, Alphabet)];
    }

    /// <summary>
    /// Chooses the best of several spellings: with marks rather than without (<c>Tin tức</c>, <c>tin tuc</c>), with
    /// lower case rather than all capitals, then the most frequent one, then the newest.
    /// </summary>
    /// <param name="spellings">Newest first.</param>
    internal static string NameOf(IEnumerable<string> spellings) => spellings
        .GroupBy(name => name)
        .OrderByDescending(
            name => !string.Equals(VietnameseText.Fold(name.Key), name.Key, StringComparison.OrdinalIgnoreCase))
        .ThenByDescending(name => name.Key.Any(char.IsLower))
        .ThenByDescending(name => name.Count())
        .First().Key;
}
