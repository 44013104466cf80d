using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Makes lists of what word processors save as something else. Word writes each item as a paragraph with a letter of a symbol
/// font and a margin; Google Docs writes the lists within a list side by side, with their level in a class.
/// </summary>
internal static partial class ImportedLists
{
    private const string WordBullets = "p[class*=MsoListParagraph]";

    public static void Apply(IDocument document, IElement content)
    {
        var levels = new Dictionary<IElement, ListLevel>();
        // What Word puts between a number and its text.
        foreach (var distance in content.QuerySelectorAll("span[style*='font:7.0pt']").Where(span => string.IsNullOrWhiteSpace(span.TextContent)))
        {
            distance.TextContent = " ";
        }

        foreach (var paragraph in content.QuerySelectorAll(WordBullets).ToList())
        {
            MakeItem(document, paragraph, levels);
        }

        foreach (var list in content.QuerySelectorAll("ul[class*=lst-], ol[class*=lst-]"))
        {
            if (GoogleLevel().Match(list.ClassName!) is { Success: true } match)
            {
                var level = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
                levels[list] = new(match.Groups[1].Value + list.LocalName, level, list.ClassList.Contains("start"));
            }
        }

        Nest(content, levels);
    }

    /// <summary>A paragraph whose first letter is of a symbol font becomes a list of one item, as deep as its margin.</summary>
    private static void MakeItem(IDocument document, IElement paragraph, Dictionary<IElement, ListLevel> levels)
    {
        var bullet = paragraph.FirstElementChild;
        if (bullet is null || !SymbolFont().IsMatch(bullet.GetAttribute("style") ?? "") || bullet.TextContent.Trim().Length != 1)
        {
            return;
        }

        bullet.Remove();
        var (list, item) = (document.CreateElement("ul"), document.CreateElement("li"));
        item.Append([.. paragraph.ChildNodes]);
        list.AppendChild(item);
        paragraph.Replace(list);
        levels[list] = new("word", MarginOf(paragraph), IsFirst: false);
    }

    /// <summary>Lists that stand side by side become one: what is deeper goes into the item before it.</summary>
    private static void Nest(IElement content, Dictionary<IElement, ListLevel> levels)
    {
        var open = new Stack<IElement>();
        foreach (var list in content.QuerySelectorAll("ul, ol").Where(levels.ContainsKey).ToList())
        {
            if (open.Count == 0 || list.PreviousElementSibling != open.Last())
            {
                open.Clear();
                open.Push(list);
                continue;
            }

            var level = levels[list];
            while (open.Count > 1 && levels[open.Peek()].Depth > level.Depth)
            {
                open.Pop();
            }

            if (levels[open.Peek()].Depth < level.Depth && open.Peek().LastElementChild is { } parent)
            {
                parent.AppendChild(list);
                open.Push(list);
            }
            else if (levels[open.Peek()].Name == level.Name && !level.IsFirst)
            {
                open.Peek().Append([.. list.ChildNodes]);
                list.Remove();
            }
            else
            {
                BeginAnother(list, open);
            }
        }
    }

    /// <summary>Of the same depth, but another list.</summary>
    private static void BeginAnother(IElement list, Stack<IElement> open)
    {
        open.Pop();
        if (open.TryPeek(out var outer) && outer.LastElementChild is { } item)
        {
            item.AppendChild(list);
        }

        open.Push(list);
    }

    /// <summary>In points; zero when nothing is said.</summary>
    private static int MarginOf(IElement paragraph)
    {
        var match = Margin().Match(paragraph.GetAttribute("style") ?? "");
        var points = match.Groups[2].ValueSpan switch { "in" => 72, "cm" => 28.35, "mm" => 2.835, "px" => 0.75, _ => 1 };
        return double.TryParse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Round(number * points)
            : 0;
    }

    [GeneratedRegex(@"(?:^|\s)(lst-[\w-]*?)-(\d)(?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex GoogleLevel();

    [GeneratedRegex("font-family\\s*:\\s*[\"']?(?:Symbol|Wingdings|Webdings|Courier)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SymbolFont();

    [GeneratedRegex(@"margin-left\s*:\s*([\d.]{1,8})(in|pt|cm|mm|px)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Margin();

    private sealed record ListLevel(string Name, int Depth, bool IsFirst);
}
