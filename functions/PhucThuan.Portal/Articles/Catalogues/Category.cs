using System.Globalization;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>Articles that editors put under one heading.</summary>
/// <param name="Slug">Of the heading, for its address: <c>thong-bao</c>.</param>
/// <param name="Name">As <see cref="CategoriesFile"/> has it, else as the best spelt of its articles.</param>
/// <param name="Articles">Newest first, at least one.</param>
public sealed record Category(string Slug, string Name, IReadOnlyList<ArticleSummary> Articles)
{
    // With numbers by their value: Xóm 2 before Xóm 10.
    private static readonly StringComparer Alphabet =
        StringComparer.Create(VietnamTime.Culture, CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);

    public string Path => PathOf(Slug);

    public static string PathOf(string slug) => "/chuyen-muc/" + slug;

    /// <summary>In the order of <paramref name="names"/>, then the others in the order of the alphabet.</summary>
    internal static IReadOnlyList<Category> Sort(IEnumerable<Category> categories, IReadOnlyList<string> names)
    {
        var places = names.Select(name => Portal.Articles.Slug.FromText(name)!).Index()
            .ToDictionary(place => place.Item, place => place.Index);
        return [.. categories.OrderBy(category => places.GetValueOrDefault(category.Slug, int.MaxValue))
            .ThenBy(category => category.Name, Alphabet)];
    }

    /// <summary>
    /// Of the spellings of one name, newest first: with marks before without (<c>Tin tức</c>, <c>tin tuc</c>), small
    /// letters before capitals alone, then what is written most often.
    /// </summary>
    internal static string NameOf(IEnumerable<string> spellings) => spellings
        .GroupBy(name => name)
        .OrderByDescending(
            name => !string.Equals(VietnameseText.Fold(name.Key), name.Key, StringComparison.OrdinalIgnoreCase))
        .ThenByDescending(name => name.Key.Any(char.IsLower))
        .ThenByDescending(name => name.Count())
        .First().Key;
}
