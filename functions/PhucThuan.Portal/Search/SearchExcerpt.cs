namespace PhucThuan.Portal.Search;

/// <summary>A piece of text, with the words that were looked for apart.</summary>
public sealed record ExcerptPart(string Text, bool IsMatch);

/// <summary>Shows where in a text the words of a query stand.</summary>
public static class SearchExcerpt
{
    /// <summary>Characters of an excerpt, about two lines on a wide screen.</summary>
    private const int Length = 220;

    /// <summary>Characters in front of the first match.</summary>
    private const int Lead = 60;

    /// <summary>The whole text with its matches.</summary>
    public static IReadOnlyList<ExcerptPart> Highlight(string text, SearchQuery query) =>
        Cut(text, Find(text, query), 0, text.Length);

    /// <summary>The part of the text that has most of the words, from its start when it has none.</summary>
    public static IReadOnlyList<ExcerptPart> Of(string text, SearchQuery query)
    {
        var matches = Find(text, query);
        var start = matches.Count == 0 ? 0 : WordStart(text, Math.Max(0, Densest(matches) - Lead));
        var end = WordEnd(text, Math.Min(text.Length, start + Length));
        var parts = Cut(text, matches, start, end);
        return [.. Ellipsis(start > 0), .. parts, .. Ellipsis(end < text.Length)];
    }

    private static IEnumerable<ExcerptPart> Ellipsis(bool isCut) => isCut ? [new("…", false)] : [];

    /// <summary>A word with marks is matched by the same marks if the text has it so, else by the letters alone.</summary>
    private static List<Match> Find(string text, SearchQuery query)
    {
        var folded = query.Words.ToLookup(word => word.Folded);
        var found = VietnameseText.Words().Matches(text)
            .Select(match => (match.Index, match.Length, Word: SearchWord.Of(match.Value)))
            .Where(word => folded.Contains(word.Word.Folded))
            .ToList();
        var exact = found.Select(word => word.Word).ToHashSet();
        return
        [
            .. found
                .Where(word => folded[word.Word.Folded].Any(wanted =>
                    wanted == word.Word || !wanted.HasMarks || !exact.Contains(wanted)))
                .Select(word => new Match(word.Index, word.Length, word.Word.Folded)),
        ];
    }

    /// <summary>Start of the first window with the most different words.</summary>
    private static int Densest(List<Match> matches)
    {
        var (best, most) = (matches[0].Start, 0);
        for (var first = 0; first < matches.Count; first++)
        {
            var different = matches.Skip(first)
                .TakeWhile(match => match.Start < matches[first].Start + Length - Lead)
                .Select(match => match.Folded).Distinct().Count();
            if (different > most)
            {
                (best, most) = (matches[first].Start, different);
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
        return space < index - (Lead / 2) ? index : space;
    }

    /// <summary>Words that stand side by side are one match: "Phúc Thuận", not "Phúc" "Thuận".</summary>
    private static List<ExcerptPart> Cut(string text, List<Match> matches, int start, int end)
    {
        var parts = new List<ExcerptPart>();
        var position = start;
        foreach (var match in matches.Where(match => match.Start >= start && match.End <= end))
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

        if (position < end)
        {
            parts.Add(new(text[position..end], false));
        }

        return parts;
    }

    private sealed record Match(int Start, int Length, string Folded)
    {
        public int End => Start + Length;
    }
}
