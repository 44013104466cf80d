using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Makes sanitised HTML valid: allowed parents of elements, allowed attributes, no gaps between heading levels.
/// Browsers tolerate the markup of word processors, but screen readers announce such errors.
/// </summary>
internal static class ValidMarkup
{
    // Attributes that are valid only on these elements.
    private static readonly Dictionary<string, string[]> Owners = new()
    {
        ["alt"] = ["img"],
        ["src"] = ["img"],
        ["width"] = ["img"],
        ["height"] = ["img"],
        ["type"] = ["ol"],
        ["start"] = ["ol"],
        ["reversed"] = ["ol"],
        ["value"] = ["li"],
        ["scope"] = ["th"],
        ["colspan"] = ["td", "th"],
        ["rowspan"] = ["td", "th"],
        ["span"] = ["col", "colgroup"],
    };

    private const string Blocks = "p, ul, ol, dl, table, blockquote, figure, pre, hr, details, h1, h2, h3, h4, h5, h6";

    private static readonly string[] Numbers = ["width", "height", "start", "value", "colspan", "rowspan", "span"];

    private static readonly string[] ListTypes = ["1", "a", "A", "i", "I"];

    public static void Apply(IDocument document, IElement content)
    {
        foreach (var element in content.QuerySelectorAll("*"))
        {
            KeepOwnAttributes(element);
        }

        foreach (var element in content.QuerySelectorAll("[title]")
            .Where(element => string.IsNullOrWhiteSpace(element.GetAttribute("title"))))
        {
            element.RemoveAttribute("title");
        }

        foreach (var list in content.QuerySelectorAll("ul, ol").ToList())
        {
            KeepItemsAlone(document, list);
        }

        foreach (var stray in content.QuerySelectorAll("li").Where(IsStray).ToList())
        {
            MakeList(document, stray);
        }

        // Without its required parent, the element becomes a paragraph, or is unwrapped if it contains blocks.
        foreach (var stray in content.QuerySelectorAll("dt, dd, summary, figcaption").Where(IsStray).ToList())
        {
            if (stray.QuerySelector(Blocks) is null)
            {
                Rename(document, stray, "p");
            }
            else
            {
                stray.Replace([.. stray.ChildNodes]);
            }
        }

        OrderHeadings(document, content);
    }

    private static void KeepOwnAttributes(IElement element)
    {
        foreach (var name in element.Attributes.Select(attribute => attribute.Name).Where(Owners.ContainsKey).ToList())
        {
            var value = element.GetAttribute(name)!;
            if (!Owners[name].Contains(element.LocalName)
                || (Numbers.Contains(name) && !IsNumber(value))
                || (name == "type" && !ListTypes.Contains(value)))
            {
                element.RemoveAttribute(name);
            }
        }
    }

    private static bool IsNumber(string value) =>
        value.Length is > 0 and < 6 && value.All(char.IsAsciiDigit) && value.Any(digit => digit != '0');

    /// <summary>Moves other children of a list, such as a nested list, into the preceding item.</summary>
    private static void KeepItemsAlone(IDocument document, IElement list)
    {
        foreach (var child in list.ChildNodes.Where(child => child is not IElement { LocalName: "li" }).ToList())
        {
            if (child is IText blank && string.IsNullOrWhiteSpace(blank.Data))
            {
                child.RemoveFromParent();
                continue;
            }

            if (child.PreviousSibling is not IElement { LocalName: "li" } item)
            {
                item = document.CreateElement("li");
                list.InsertBefore(item, child);
            }

            item.AppendChild(child);
        }
    }

    /// <summary>Wraps the item and the adjacent items that follow it in a list.</summary>
    private static void MakeList(IDocument document, IElement item)
    {
        if (item.ParentElement is not { LocalName: not ("ul" or "ol") })
        {
            return; // already wrapped with a preceding item
        }

        var list = document.CreateElement("ul");
        var items = new List<IElement> { item };
        for (var next = item.NextElementSibling; next is { LocalName: "li" }; next = next.NextElementSibling)
        {
            items.Add(next);
        }

        item.Replace(list);
        list.Append([.. items]);
    }

    private static bool IsStray(IElement element) => element.LocalName switch
    {
        "li" => element.ParentElement is not { LocalName: "ul" or "ol" },
        "dt" or "dd" => element.ParentElement is not { LocalName: "dl" },
        "summary" =>
            element.ParentElement is not { LocalName: "details" } || element.PreviousElementSibling is not null,
        _ => element.ParentElement is not { LocalName: "figure" },
    };

    /// <summary>
    /// Renumbers headings to start with h2, because h1 is the page's title, without gaps between levels.
    /// </summary>
    private static void OrderHeadings(IDocument document, IElement content)
    {
        var outer = new Stack<int>();
        foreach (var heading in content.QuerySelectorAll("h1, h2, h3, h4, h5, h6").ToList())
        {
            var level = heading.LocalName[1] - '0';
            while (outer.TryPeek(out var last) && last >= level)
            {
                outer.Pop();
            }

            outer.Push(level);
            var name = "h" + Math.Min(outer.Count + 1, 4);
            if (name != heading.LocalName)
            {
                Rename(document, heading, name);
            }
        }
    }

    private static void Rename(IDocument document, IElement element, string name)
    {
        var renamed = document.CreateElement(name);
        foreach (var attribute in element.Attributes)
        {
            renamed.SetAttribute(attribute.Name, attribute.Value);
        }

        renamed.Append([.. element.ChildNodes]);
        element.Replace(renamed);
    }
}
