using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PhucThuan.Portal.Articles.Metadata;

namespace PhucThuan.Portal.Articles.Documents;

/// <summary>
/// Converts plain text to HTML: the first line is the title, blank lines end paragraphs, lines that start with a dash
/// are a list.
/// </summary>
internal static partial class PlainTextDocument
{
    /// <summary>Characters; a longer first line is a paragraph.</summary>
    private const int MaxTitleLength = 250;

    /// <summary>
    /// Characters. A longer line is a paragraph, because lines of verses and addresses are shorter.
    /// </summary>
    private const int ParagraphLength = 100;

    /// <summary>Minimum number of characters of each line, except the last, in a hard-wrapped paragraph.</summary>
    private const int WrappedLength = 60;

    /// <summary>Maximum number of lines before the title of an official letter.</summary>
    private const int LetterheadLines = 8;

    public static string ToHtml(string text)
    {
        var (metadata, rest) = FrontMatter.Extract(text);
        var lines = rest.ReplaceLineEndings("\n").Replace('\f', '\n').Split('\n').Select(line => line.TrimEnd())
            .ToList();
        var body = new StringBuilder();
        var start = metadata.ContainsKey("title") ? 0 : ExtractTitle(lines, body);
        var block = new List<string>();
        foreach (var line in lines.Skip(start).Append(""))
        {
            if (line.Length > 0)
            {
                block.Add(line);
                continue;
            }

            AppendBlock(block, body);
            block.Clear();
        }

        return HtmlText.Document(metadata, body);
    }

    /// <summary>
    /// Writes the title. Returns the number of lines up to its end; of an official letter, the number of lines before
    /// it, because <see cref="Import.Titles.ArticleTitle"/> finds the title.
    /// </summary>
    private static int ExtractTitle(List<string> lines, StringBuilder body)
    {
        var first = lines.FindIndex(line => line.Trim().Length > 0);
        if (first < 0 || lines[first].Length > MaxTitleLength
            || lines.Skip(first).Take(LetterheadLines).Any(line => Motto().IsMatch(line)))
        {
            return Math.Max(0, first);
        }

        body.Append("<p class=\"MsoTitle\">").Append(HtmlText.Encode(TitleMark().Replace(lines[first].Trim(), "")))
            .Append("</p>\n");

        // Some editors underline the title with a line of characters.
        return first + (first + 1 < lines.Count && Underline().IsMatch(lines[first + 1]) ? 2 : 1);
    }

    private static void AppendBlock(List<string> block, StringBuilder body)
    {
        for (var index = 0; index < block.Count;)
        {
            var items = ItemsFrom(block, index);
            if (items.Count > 0)
            {
                AppendList(items, body);
                index += items.Sum(item => item.Lines);
                continue;
            }

            var next = block.FindIndex(index + 1, line => IsItem(line));
            var end = next < 0 ? block.Count : next;
            AppendParagraph(block[index..end], body);
            index = end;
        }
    }

    private static void AppendParagraph(List<string> lines, StringBuilder body)
    {
        if (lines.Exists(line => line.Length > ParagraphLength))
        {
            lines.ForEach(line => Append([line], "<br>"));
            return;
        }

        var isWrapped = lines.Count > 1 && lines[..^1].TrueForAll(line => line.Length >= WrappedLength);
        Append(lines, isWrapped ? " " : "<br>");

        void Append(List<string> part, string between) =>
            body.Append("<p>").AppendJoin(between, part.Select(Words)).Append("</p>\n");
    }

    /// <summary>
    /// Makes lines in capitals bold, as in files from word processors, so that the title of an official letter is
    /// found.
    /// </summary>
    private static string Words(string line)
    {
        var words = HtmlText.Encode(line.Trim());
        return line.Any(char.IsUpper) && !line.Any(char.IsLower) ? $"<b>{words}</b>" : words;
    }

    private static bool IsItem(string line) => Bullet().IsMatch(line) || Number().IsMatch(line);

    /// <summary>
    /// The items of the list that starts at a line: bullets, or consecutive numbers. A single number is not a list.
    /// </summary>
    private static List<Item> ItemsFrom(List<string> lines, int start)
    {
        var items = new List<Item>();
        for (var index = start; index < lines.Count; index++)
        {
            var isFirst = items.Count == 0;
            if (Bullet().Match(lines[index]) is { Success: true } bullet && (isFirst || items[0].Number is null))
            {
                items.Add(
                    new(bullet.Groups["sign"].Value, bullet.Groups["indent"].Length, bullet.Groups["text"].Value, null,
                        1));
            }
            else if (Number().Match(lines[index]) is { Success: true } number
                && int.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture) is var value
                && (isFirst || items[0].Number + items.Count == value))
            {
                items.Add(new("1", 0, number.Groups["text"].Value, value, 1));
            }
            else if (!isFirst && lines[index] is [' ' or '\t', ..] && !IsItem(lines[index]))
            {
                items[^1] =
                    items[^1] with { Text = items[^1].Text + " " + lines[index].Trim(), Lines = items[^1].Lines + 1 };
            }
            else
            {
                break;
            }
        }

        return items is [{ Number: not null }] ? [] : items;
    }

    /// <summary>Items with another sign or a deeper indent form a nested list.</summary>
    private static void AppendList(List<Item> items, StringBuilder body)
    {
        var first = items[0];
        body.Append(first.Number is { } number ? $"<ol start=\"{number}\">" : "<ul>");
        var isInner = false;
        foreach (var item in items)
        {
            var isDeeper = item != first && (item.Indent > first.Indent || (item.Sign == "+" && first.Sign != "+"));
            if (isDeeper != isInner)
            {
                body.Append(isDeeper ? "<ul>" : "</ul>");
                isInner = isDeeper;
            }

            // The end tag of an item is implied by the next item or by the end of its list.
            body.Append("<li>").Append(HtmlText.Encode(item.Text.Trim()));
        }

        body.Append(isInner ? "</ul>" : "").Append(first.Number is null ? "</ul>\n" : "</ol>\n");
    }

    private sealed record Item(string Sign, int Indent, string Text, int? Number, int Lines);

    [GeneratedRegex(@"^(?<indent>\s*)(?<sign>[-–—*+•·▪►✓])\s+(?<text>\S.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\s*(?<number>[1-9][0-9]{0,2})[.)]\s+(?<text>\S.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Motto();

    [GeneratedRegex(@"^(?:#+\s+|(?:tiêu đề|title)\s*:\s*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TitleMark();

    [GeneratedRegex(@"^\s*[=_*~-]{3,}\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Underline();
}
