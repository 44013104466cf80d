
namespace PhucThuan.Portal.Search.Pages;

/// <summary>A piece of text; matches are separate pieces.</summary>
public sealed record ExcerptPart(string Text, bool IsMatch);

/// <summary>Creates excerpts with the matches of a query.</summary>
public static class SearchExcerpt
{
    /// <summary>Length of an excerpt in characters, about two lines on a wide screen.</summary>
    private const int Length = 220;

    /// <summary>Number of characters before the first match.</summary>
    private const int Lead = 60;

    /// <summary>
    /// Number of characters after the first match in which a better excerpt is searched, about thirty pages. Limits the
    /// time for texts as long as books.
    /// </summary>
    private const int Reach = 60_000;

    /// <summary>
    /// The whole text with its matches. A word with marks matches the same marks if the text has them, otherwise the
    /// letters without marks.
    /// </summary>
    /// <param name="isAsTyped">True to highlight only words with the typed marks.</param>
    public static IReadOnlyList<ExcerptPart> Highlight(string text, SearchQuery query, bool isAsTyped = false)
    {
        var found = Find(text, query, isAsTyped).ToList();
        var asTyped = found.Where(match => match.IsAsTyped).Select(match => match.Word).ToHashSet();
        return Cut(text, found.Where(match => match.IsAsTyped || !asTyped.Contains(match.Word)));
    }

    /// <summary>The part of the text with most of the words; without a match, the start of the text.</summary>
    /// <param name="isAsTyped">See <see cref="Highlight"/>.</param>
    public static IReadOnlyList<ExcerptPart> Of(string text, SearchQuery query, bool isAsTyped = false)
    {
        var start = Best(text, query, isAsTyped) is { } best ? WordStart(text, Math.Max(0, best - Lead)) : 0;
        var end = WordEnd(text, Math.Min(text.Length, start + Length));
        var parts = Highlight(text[start..end], query, isAsTyped);
        return [.. Ellipsis(start > 0), .. parts, .. Ellipsis(end < text.Length)];
    }

    private static IEnumerable<SearchMatch> Find(string text, SearchQuery query, bool isAsTyped) =>
        new SearchMatches(query).Find(text).Where(match => match.IsAsTyped || !isAsTyped);

    private static IEnumerable<ExcerptPart> Ellipsis(bool isCut) => isCut ? [new("…", false)] : [];

    /// <summary>Start of the best part, the first one of equals; null without a match.</summary>
    private static int? Best(string text, SearchQuery query, bool isAsTyped)
    {
        var place = new Place(query.Words.Count);
        var (first, best, most) = ((int?)null, (int?)null, 0);
        foreach (var match in Find(text, query, isAsTyped))
        {
            first ??= match.Start;
            place.Add(match);
            if (place.Score > most)
            {
                (best, most) = (place.Start, place.Score);
            }

            if (most == place.MaxScore || match.Start > first + Reach)
            {
                break;
            }
        }

        return best;
    }

    private static int WordStart(string text, int index)
    {
        var space = index == 0 ? -1 : text.IndexOf(' ', index);
        return space < 0 || space > index + (Lead / 2) ? index : space + 1;
    }

    private static int WordEnd(string text, int index)
    {
        var space = index == text.Length ? -1 : text.LastIndexOf(' ', index);
        return space < Math.Max(0, index - (Lead / 2)) ? index : space;
    }

    /// <summary>Merges adjacent words to one match: "Phúc Thuận".</summary>
    private static List<ExcerptPart> Cut(string text, IEnumerable<SearchMatch> matches)
    {
        var parts = new List<ExcerptPart>();
        var position = 0;
        foreach (var match in matches)
        {
            var between = text[position..match.Start];
            if (between == " " && parts is [.., { IsMatch: true } last])
            {
                parts[^1] = new(last.Text + " " + text[match.Start..match.End], true);
            }
            else
            {
                if (between.Length > 0)
                {
                    parts.Add(new(between, false));
                }

                parts.Add(new(text[match.Start..match.End], true));
            }

            position = match.End;
        }

        if (position < text.Length)
        {
            parts.Add(new(text[position..], false));
        }

        return parts;
    }

    /// <summary>Sliding window of matches that fit into one excerpt.</summary>
    private sealed class Place(int words)
    {
        private readonly Queue<SearchMatch> _matches = [];
        private readonly int[] _found = new int[words];
        private readonly int[] _asTyped = new int[words];

        public int Start => _matches.Peek().Start;

        /// <summary>One point per word, and another one when its marks are as typed.</summary>
        public int Score { get; private set; }

        public int MaxScore => 2 * words;

        public void Add(SearchMatch match)
        {
            _matches.Enqueue(match);
            Count(match, 1);
            while (_matches.Count > 1 && Start + Length - Lead < match.End)
            {
                Count(_matches.Dequeue(), -1);
            }
        }

        private void Count(SearchMatch match, int change)
        {
            Score -= PointsOf(match.Word);
            _found[match.Word] += change;
            _asTyped[match.Word] += match.IsAsTyped ? change : 0;
            Score += PointsOf(match.Word);
        }

        private int PointsOf(int word) => Math.Min(1, _found[word]) + Math.Min(1, _asTyped[word]);
    }
}
