using PhucThuan.Portal.Articles;

namespace PhucThuan.Portal.Editors;

/// <summary>Finds category names that are probably misspellings of others.</summary>
internal sealed class CategorySpellings
{
    /// <summary>Shorter names that differ by one letter may be different categories.</summary>
    private const int MinLength = 5;

    private readonly Dictionary<string, string> _usual = [];

    /// <param name="categories">The categories of all articles, as written in the files.</param>
    public CategorySpellings(IEnumerable<string> categories)
    {
        var written = categories.GroupBy(name => name).Select(group => (Name: group.Key, Count: group.Count()))
            .OrderByDescending(category => category.Count).ThenByDescending(category => HasMarks(category.Name))
            .ToList();
        for (var rare = 1; rare < written.Count; rare++)
        {
            var usual = written.Take(rare).FirstOrDefault(other => AreAlike(other.Name, written[rare].Name)).Name;
            if (usual is not null)
            {
                _usual[written[rare].Name] = _usual.GetValueOrDefault(usual, usual);
            }
        }
    }

    /// <summary>The more frequent similar spelling; null without one.</summary>
    public string? UsualOf(string? category) => category is null ? null : _usual.GetValueOrDefault(category);

    private static bool HasMarks(string name) =>
        !string.Equals(VietnameseText.Fold(name), name, StringComparison.OrdinalIgnoreCase);

    private static bool AreAlike(string one, string other)
    {
        var (first, second) = (Slug.FromText(one) ?? "", Slug.FromText(other) ?? "");
        return first.Length > 0 && (first == second
            || (Math.Min(first.Length, second.Length) >= MinLength
                && !first.Concat(second).Any(char.IsAsciiDigit)
                && IsOneEditApart(first, second)));
    }

    /// <summary>True for one insertion, deletion, substitution or transposition (Damerau, 1964).</summary>
    private static bool IsOneEditApart(string one, string other)
    {
        if (one.Length > other.Length)
        {
            (one, other) = (other, one);
        }

        var start = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        var rest = one[start..];
        var otherRest = other[start..];
        return (other.Length - one.Length) switch
        {
            0 => rest.Length == 0 || rest[1..] == otherRest[1..]
                || (rest.Length > 1 && rest[0] == otherRest[1] && rest[1] == otherRest[0]
                && rest[2..] == otherRest[2..]),
            1 => rest == otherRest[1..],
            _ => false,
        };
    }
}
