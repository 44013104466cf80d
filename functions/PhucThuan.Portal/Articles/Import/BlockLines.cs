using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Converts lines to paragraphs. Mail programs, Zalo, Facebook and phones write each line as a <c>div</c>; older
/// programs separate lines with <c>br</c>. The sanitiser removes containers and styles, so that lines would be joined.
/// </summary>
internal sealed class BlockLines(IDocument document, StyleCascade cascade)
{
    private static readonly HashSet<string> Dissolved =
    [
        "div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "address", "form",
        "fieldset", "hgroup",
        "legend", "dialog", "search",
    ];

    public static readonly HashSet<string> Blocks =
    [
        .. Dissolved, "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "li", "dt", "dd", "table",
        "blockquote", "figure", "figcaption",
        "pre", "hr", "details", "summary", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "menu",
        "dir",
    ];

    // Elements whose text need not be in paragraphs, or that have no text themselves.
    private static readonly HashSet<string> WithoutParagraphs =
    [
        "ul", "ol", "dl", "table", "tr", "thead", "tbody", "tfoot", "colgroup", "figure", "details", "pre", "p", "h1",
        "h2", "h3", "h4", "h5",
        "h6", "summary", "figcaption", "caption", "menu", "dir",
    ];

    public void Apply(IElement content)
    {
        KeepWrittenLines(content);
        new InlineBlocks(document, cascade).EndLines(content);
        Flow(content, content);
    }

    /// <summary>
    /// Converts line feeds to <c>br</c> where the style preserves them (<c>white-space: pre-wrap</c>).
    /// </summary>
    private void KeepWrittenLines(IElement content)
    {
        foreach (var text in content.Descendants<IText>()
            .Where(text => text.Data.Contains('\n', StringComparison.Ordinal)
            && !string.IsNullOrWhiteSpace(text.Data)).ToList())
        {
            if (text.ParentElement is { } parent && parent.Closest("pre") is null
                && cascade.GetInherited(parent, "white-space") is "pre" or "pre-wrap" or "pre-line" or "break-spaces")
            {
                var lines = text.Data.Trim('\r', '\n').Split('\n');
                var nodes = lines.SelectMany((line, index) => index == 0
                    ? (INode[])[document.CreateTextNode(line)]
                    : [document.CreateElement("br"), document.CreateTextNode(line)]);
                text.Replace([.. nodes]);
            }
        }
    }

    private void Flow(IElement element, IElement content)
    {
        foreach (var child in element.Children.ToList())
        {
            if (child.LocalName is not ("math" or "svg" or "pre"))
            {
                Flow(child, content);
            }
        }

        DissolveChildren(element);
        if (element != content && !IsBlock(element))
        {
            if (element.Children.Any(IsBlock))
            {
                MoveInto(element);
            }

            return;
        }

        if (element == content)
        {
            if (element.Children.Any(child => IsBlock(child) || child.LocalName == "br"))
            {
                MakeParagraphs(element);
            }
        }
        else if (IsDissolved(element))
        {
            MakeParagraphs(element);
        }
        else if (element.LocalName == "p")
        {
            SplitParagraph(element);
        }
        else if (!WithoutParagraphs.Contains(element.LocalName)
            && element.Children.Any(
                child =>
                    IsBlock(child)
                        && (child.LocalName is not ("ul" or "ol" or "table") || element.LocalName == "blockquote")))
        {
            MakeParagraphs(element);
        }
    }

    /// <summary>
    /// Replaces containers by their content in one operation, because AngleSharp's insertion of a single node takes
    /// linear time.
    /// </summary>
    private void DissolveChildren(IElement element)
    {
        var dissolved = element.Children.Where(IsDissolved).ToHashSet();
        if (dissolved.Count == 0)
        {
            return;
        }

        var nodes = element.ChildNodes
            .SelectMany(
                child =>
                    child is IElement inner && dissolved.Contains(inner)
                        ? [.. inner.ChildNodes]
                        : (IEnumerable<INode>)[child]).ToList();
        foreach (var container in dissolved)
        {
            container.TextContent = "";
        }

        element.TextContent = "";
        nodes.ForEach(node => element.AppendChild(node));
    }

    private bool IsDissolved(IElement element) =>
        Dissolved.Contains(element.LocalName) || (IsBlock(element) && !Blocks.Contains(element.LocalName));

    private bool IsBlock(IElement element) =>
        Blocks.Contains(element.LocalName)
            || (element.LocalName is "span" or "font" && cascade.Get(element, "display") is "block"
                && element.Closest(InlineBlocks.LinesOnly) is null);

    /// <summary>
    /// Moves inline markup around blocks into the blocks: <c>b(div, div)</c> becomes <c>div(b), div(b)</c>.
    /// </summary>
    private void MoveInto(IElement inline)
    {
        var parts = new List<INode>();
        IElement? run = null;
        foreach (var child in inline.ChildNodes.ToList())
        {
            if (child is IElement block && IsBlock(block))
            {
                run = null;
                if (!WithoutParagraphs.Contains(block.LocalName)
                    || block.LocalName is "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6")
                {
                    var inner = Clone(inline);
                    inner.Append([.. block.ChildNodes]);
                    block.Append(inner);
                    if (inner.Children.Any(IsBlock))
                    {
                        MoveInto(inner);
                    }
                }

                parts.Add(block);
                continue;
            }

            if (run is null)
            {
                parts.Add(run = Clone(inline));
            }

            run.Append(child);
        }

        inline.Replace([.. parts]);
    }

    private IElement Clone(IElement element)
    {
        var clone = (IElement)element.Clone(deep: false);
        cascade.Copy(element, clone);
        return clone;
    }

    /// <summary>Wraps each run of inline content between blocks in a paragraph.</summary>
    private void MakeParagraphs(IElement container)
    {
        IElement? paragraph = null;
        foreach (var child in container.ChildNodes.ToList())
        {
            if (child is IElement block && IsBlock(block))
            {
                paragraph = null;
                continue;
            }

            if (paragraph is null)
            {
                if (child is not IElement && string.IsNullOrWhiteSpace(child.TextContent))
                {
                    continue;
                }

                paragraph = document.CreateElement("p");
                cascade.Copy(container, paragraph);
                if (container.GetAttribute("align") is { } align)
                {
                    paragraph.SetAttribute("align", align);
                }

                if (container.LocalName == "center")
                {
                    paragraph.SetAttribute("align", "center");
                }

                container.InsertBefore(paragraph, child);
            }

            paragraph.Append(child);
        }

        foreach (var made in container.Children.Where(child => child.LocalName == "p").ToList())
        {
            SplitParagraph(made);
        }
    }

    /// <summary>Splits a paragraph at double line breaks; removes line breaks at its ends.</summary>
    private void SplitParagraph(IElement paragraph)
    {
        IElement? next = null;
        var breaks = 0;
        var after = paragraph;
        var isFirst = true;
        foreach (var child in paragraph.ChildNodes.ToList())
        {
            if (child is IElement { LocalName: "br" })
            {
                breaks++;
            }
            else if (child is not IElement && string.IsNullOrWhiteSpace(child.TextContent))
            {
                if (next is not null && breaks == 0)
                {
                    next.Append(child);
                }

                continue;
            }
            else if (breaks > 1 && !isFirst)
            {
                next = (IElement)paragraph.Clone(deep: false);
                next.RemoveAttribute("id");
                cascade.Copy(paragraph, next);
                after.InsertAfter(next);
                after = next;
                breaks = 0;
            }
            else
            {
                breaks = 0;
            }

            isFirst = isFirst && breaks > 0;
            if (next is not null && (breaks == 0 || child.Parent != next))
            {
                next.Append(child);
            }
        }

        TrimBreaks(paragraph);
        for (var part = paragraph; part != after; part = part.NextElementSibling!)
        {
            TrimBreaks(part.NextElementSibling!);
        }
    }

    private static void TrimBreaks(IElement paragraph)
    {
        while (paragraph.LastChild is { } last && IsDistance(last))
        {
            last.RemoveFromParent();
        }

        while (paragraph.FirstChild is { } first && IsDistance(first))
        {
            first.RemoveFromParent();
        }
    }

    private static bool IsDistance(INode node) =>
        node is IElement { LocalName: "br" } || (node is IText text && string.IsNullOrWhiteSpace(text.Data));
}
