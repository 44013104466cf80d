using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Import.Fonts;

namespace PhucThuan.Portal.Articles.Import.Lists;

/// <summary>
/// Converts lists of word processors to HTML lists. Word and WPS write a bulleted item as a paragraph that starts with
/// a character of a symbol font. Google Docs and Word Online write nested lists as siblings, with the level in an
/// attribute. Numbered paragraphs of Word keep the number as text.
/// </summary>
internal sealed partial class ImportedLists(IDocument document, StyleCascade cascade, SymbolFonts symbols)
{
    private const string Paragraphs = "p, div, h1, h2, h3, h4, h5, h6";

    private readonly ListMarkers _markers = new(cascade, symbols);

    private readonly Dictionary<IElement, ListLevel> _levels = [];

    public void Apply(IElement content)
    {
        RemoveMarkersOfItems(content);

        // Word writes spaces between a number and its text.
        foreach (var distance in content.QuerySelectorAll(ListMarkers.Distance)
            .Where(span => string.IsNullOrWhiteSpace(span.TextContent)).ToList())
        {
            distance.TextContent = " ";
        }

        foreach (var paragraph in content.QuerySelectorAll(Paragraphs).Where(IsItem).ToList())
        {
            MakeItem(paragraph);
        }

        foreach (var list in content.QuerySelectorAll("ul, ol"))
        {
            FindLevel(list);
        }

        UnwrapContainers(content);
        Nest(content);
        new ListTypes(document, cascade).Apply(content);
    }

    /// <summary>
    /// Removes the bullets and numbers that LibreOffice's XHTML export writes as text into items.
    /// </summary>
    private void RemoveMarkersOfItems(IElement content)
    {
        foreach (var marker in content.QuerySelectorAll("li span").Where(span => cascade.Get(span, "float") is "left"
            && Marker().IsMatch(span.TextContent)
            && span.Closest("li")!.TextContent.TrimStart()
            .StartsWith(span.TextContent.Trim(), StringComparison.Ordinal)).ToList())
        {
            marker.Remove();
        }
    }

    /// <summary>True when style or class mark the paragraph as a list item.</summary>
    private bool IsItem(IElement paragraph) => paragraph.QuerySelector("p, div, table, ul, ol") is null
        && (IsOfList(paragraph) || ItemClass().IsMatch(paragraph.ClassName ?? "")
            || (NegativeIndent().IsMatch(cascade.Get(paragraph, "text-indent"))
            && _markers.Find(paragraph) is { LocalName: not "b" and not "i" }));

    private bool IsOfList(IElement paragraph) =>
        cascade.Get(paragraph, "mso-list") is { Length: > 0 } list
            && !list.StartsWith("none", StringComparison.OrdinalIgnoreCase);

    /// <summary>Converts a paragraph with a bullet to a list with one item.</summary>
    private void MakeItem(IElement paragraph)
    {
        if (_markers.Find(paragraph) is not { } marker)
        {
            return;
        }

        ListMarkers.Remove(marker, paragraph);
        var (list, item) = (document.CreateElement("ul"), document.CreateElement("li"));
        item.Append([.. paragraph.ChildNodes]);
        if (item.FirstChild is IText text)
        {
            text.Data = text.Data.TrimStart();
        }

        list.AppendChild(item);
        paragraph.Replace(list);
        _levels[list] = new("word", DepthOf(paragraph), IsFirst: false);
    }

    /// <summary>The level from Word's style, otherwise from the class, otherwise the margin in points.</summary>
    private int DepthOf(IElement paragraph)
    {
        // Without a level, the left margin in points; 0 by default.
        if (Level().Match(cascade.Get(paragraph, "mso-list")) is { Success: true } level
            && cascade.Get(paragraph, "margin-left") is "" or "0" or "0px")
        {
            return int.Parse(level.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * 36;
        }

        var match = Margin().Match(cascade.Get(paragraph, "margin-left"));
        var points =
            match.Groups[2].ValueSpan switch
            {
                "in" => 72,
                "cm" => 28.35,
                "mm" => 2.835,
                "px" => 0.75,
                "em" => 12,
                _ => 1
            };
        return double.TryParse(
            match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Round(number * points)
            : ClassLevel().Match(paragraph.ClassName ?? "") is { Success: true } ofClass
            ? (ofClass.Value[^1] - '0') * 18
            : 0;
    }

    private void FindLevel(IElement list)
    {
        if (_levels.ContainsKey(list))
        {
            return;
        }

        if (GoogleLevel().Match(list.ClassName ?? "") is { Success: true } google)
        {
            var level = int.Parse(google.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            _levels[list] = new(google.Groups[1].Value + list.LocalName, level, list.ClassList.Contains("start"));
        }
        else if (list.Closest(".ListContainerWrapper") is not null
            || list.QuerySelector("li[data-aria-level]") is not null)
        {
            var level = int.TryParse(
                list.QuerySelector("li")?.GetAttribute("data-aria-level"), CultureInfo.InvariantCulture,
                out var number) ? number : 1;
            _levels[list] = new(
                "online" + list.LocalName, level, list.LocalName == "ol" && list.GetAttribute("start") is null or "1");
        }
    }

    /// <summary>Unwraps the containers in which Word Online puts each single-item list.</summary>
    private static void UnwrapContainers(IElement content)
    {
        foreach (var box in content.QuerySelectorAll("div").Where(box => box.ChildElementCount > 0
            && box.Children.All(child => child.LocalName is "ul" or "ol")
            && string.IsNullOrWhiteSpace(string.Concat(box.ChildNodes.OfType<IText>().Select(text => text.Data))))
            .ToList())
        {
            box.Replace([.. box.ChildNodes]);
        }
    }

    /// <summary>Merges adjacent lists; a list with a deeper level is moved into the preceding item.</summary>
    private void Nest(IElement content)
    {
        var open = new Stack<IElement>();
        IElement? last = null;
        foreach (var (list, before) in WithElementsBefore(content))
        {
            var isBeside = before is not null && before == last;
            last = list;
            if (!isBeside)
            {
                open.Clear();
                open.Push(list);
                continue;
            }

            var level = _levels[list];
            while (open.Count > 1 && _levels[open.Peek()].Depth > level.Depth)
            {
                open.Pop();
            }

            if (_levels[open.Peek()].Depth < level.Depth && open.Peek().LastElementChild is { } parent)
            {
                parent.AppendChild(list);
                open.Push(list);
            }
            else if (_levels[open.Peek()].Name == level.Name && !level.IsFirst)
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

    /// <summary>
    /// The lists with a known level, each with its previous element sibling. Found in one pass, because AngleSharp's
    /// sibling lookup takes linear time.
    /// </summary>
    private List<(IElement List, IElement? Before)> WithElementsBefore(IElement content)
    {
        var before = new Dictionary<IElement, IElement?>();
        var lists = content.QuerySelectorAll("ul, ol").Where(_levels.ContainsKey).ToList();
        foreach (var parent in lists.Select(list => list.ParentElement!).Distinct())
        {
            IElement? last = null;
            foreach (var child in parent.ChildNodes.OfType<IElement>())
            {
                before[child] = last;
                last = child;
            }
        }

        return lists.ConvertAll(list => (list, before[list]));
    }

    /// <summary>Starts a separate list of the same depth.</summary>
    private static void BeginAnother(IElement list, Stack<IElement> open)
    {
        open.Pop();
        if (open.TryPeek(out var outer) && outer.LastElementChild is { } item)
        {
            item.AppendChild(list);
        }

        open.Push(list);
    }

    [GeneratedRegex(@"(?:^|\s)(lst-[\w-]*?)-(\d)(?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex GoogleLevel();

    [GeneratedRegex(
        "Mso(?:ListParagraph|ListBullet|ListContinue|List[2-9]?(?:$| ))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ItemClass();

    [GeneratedRegex(@"(?<=MsoList(?:Bullet|Continue)?)[2-9]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ClassLevel();

    [GeneratedRegex(@"level(\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Level();

    [GeneratedRegex(@"^([\d.]{1,8})(in|pt|cm|mm|px|em)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Margin();

    [GeneratedRegex(@"^-[\d.]*[1-9]", RegexOptions.CultureInvariant)]
    private static partial Regex NegativeIndent();

    [GeneratedRegex(
        @"^\s*(?:[^\p{L}\p{N}\s]|\(?[\p{L}\p{N}]{1,6}[.)]|(?:\d{1,3}\.){2,5})\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    private sealed record ListLevel(string Name, int Depth, bool IsFirst);
}
