using System.Text;

namespace PhucThuan.Portal.Search;

/// <summary>
/// Suggests words from titles in place of mistyped ones. Titles have a small vocabulary with few misspellings, so a
/// suggestion leads to results.
/// </summary>
/// <param name="titles">Titles of the published articles.</param>
internal sealed class SearchSuggestion(IEnumerable<string> titles)
{
    /// <summary>Words of up to this length may differ in one letter, longer ones in two.</summary>
    private const int Short = 4;

    // By folded word: its most frequent spelling, and the number of occurrences.
    private readonly Dictionary<string, (string Spelling, int Count)> _words = titles
        .SelectMany(title => VietnameseText.Words().Matches(title).Select(word => word.Value.ToLowerInvariant()))
        .GroupBy(word => word)
        .OrderBy(group => group.Count())
        .GroupBy(group => VietnameseText.Fold(group.Key))
        .ToDictionary(group => group.Key, group => (group.Last().Key, group.Sum(word => word.Count())));

    /// <summary>The query with replaced words; null unless each unknown word has a similar one.</summary>
    public string? Find(SearchQuery query, IReadOnlyCollection<SearchWord> unknown)
    {
        var text = new StringBuilder();
        foreach (var word in query.Words)
        {
            if ((unknown.Contains(word) ? FindSimilar(word.Folded) : word.Exact) is not { } other)
            {
                return null;
            }

            text.Append(text.Length == 0 ? "" : " ").Append(other);
        }

        return text.ToString();
    }

    private string? FindSimilar(string folded)
    {
        if (_words.TryGetValue(folded, out var same))
        {
            return same.Spelling; // differs only in marks
        }

        if (folded.Any(char.IsAsciiDigit))
        {
            return null; // a similar number is not a correction
        }

        return FindTwo(folded) ?? _words
            .Where(word => Math.Abs(word.Key.Length - folded.Length) <= MaxDistance(folded))
            .Select(word => (word.Value, Distance: Distance(word.Key, folded)))
            .Where(word => word.Distance <= MaxDistance(folded))
            .OrderBy(word => word.Distance).ThenByDescending(word => word.Value.Count)
            .Select(word => word.Value.Spelling)
            .FirstOrDefault();
    }

    /// <summary>Splits a word into two known words, if the space was omitted.</summary>
    private string? FindTwo(string folded) => Enumerable.Range(2, Math.Max(0, folded.Length - 3))
        .Where(length => _words.ContainsKey(folded[..length]) && _words.ContainsKey(folded[length..]))
        .Select(length => $"{_words[folded[..length]].Spelling} {_words[folded[length..]].Spelling}")
        .FirstOrDefault();

    private static int MaxDistance(string folded) => folded.Length < 3 ? 0 : folded.Length <= Short ? 1 : 2;

    /// <summary>
    /// Number of letters to insert, delete, replace or swap with their neighbour (Damerau–Levenshtein, optimal string
    /// alignment).
    /// </summary>
    private static int Distance(string one, string other)
    {
        var distances = Enumerable.Range(0, one.Length + 1).Select(_ => new int[other.Length + 1]).ToArray();
        for (var row = 0; row <= one.Length; row++)
        {
            for (var column = 0; column <= other.Length; column++)
            {
                distances[row][column] = row == 0 || column == 0
                    ? row + column
                    : Math.Min(
                        Math.Min(distances[row - 1][column], distances[row][column - 1]) + 1,
                        distances[row - 1][column - 1] + (one[row - 1] == other[column - 1] ? 0 : 1));
                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                {
                    distances[row][column] = Math.Min(distances[row][column], distances[row - 2][column - 2] + 1);
                }
            }
        }

        return distances[^1][^1];
    }
}
