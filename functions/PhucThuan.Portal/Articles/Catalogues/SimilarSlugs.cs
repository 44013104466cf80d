namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>
/// Finds articles by mistyped, truncated or old addresses, with an index of trigrams instead of a scan of all articles.
/// </summary>
internal sealed class SimilarSlugs
{
    private const int GroupLength = 3;

    /// <summary>Sørensen–Dice coefficient of the trigrams; unrelated slugs have less than 0.25.</summary>
    private const double MinSimilarity = 0.45;

    private readonly Dictionary<string, List<int>> _positions = [];
    private readonly int[] _sizes;
    private readonly IReadOnlyList<ArticleSummary> _articles;

    public SimilarSlugs(IReadOnlyList<ArticleSummary> articles)
    {
        _articles = articles;
        _sizes = new int[articles.Count];
        foreach (var (position, article) in articles.Index())
        {
            foreach (var group in GroupsOf(article.Slug))
            {
                _sizes[position]++;
                if (!_positions.TryGetValue(group, out var positions))
                {
                    _positions[group] = positions = [];
                }

                positions.Add(position);
            }
        }
    }

    /// <summary>Most similar first; at equal similarity, newest first.</summary>
    public IReadOnlyList<ArticleSummary> Find(string slug, int limit)
    {
        var groups = GroupsOf(slug);
        var shared = new Dictionary<int, int>();
        foreach (var position in groups.SelectMany(group => _positions.GetValueOrDefault(group, [])))
        {
            shared[position] = shared.GetValueOrDefault(position) + 1;
        }

        return
        [
            .. shared
                .Select(found => (found.Key, Similarity: 2.0 * found.Value / (groups.Count + _sizes[found.Key])))
                .Where(found => found.Similarity >= MinSimilarity)
                .OrderByDescending(found => found.Similarity)
                .ThenBy(found => found.Key)
                .Take(limit)
                .Select(found => _articles[found.Key]),
        ];
    }

    /// <summary>Trigrams without hyphens, so that joined words are found, too.</summary>
    private static HashSet<string> GroupsOf(string slug)
    {
        var letters = slug.Replace("-", "", StringComparison.Ordinal);
        return [.. Enumerable.Range(0, Math.Max(0, letters.Length - GroupLength + 1))
            .Select(start => letters.Substring(start, GroupLength))];
    }
}
