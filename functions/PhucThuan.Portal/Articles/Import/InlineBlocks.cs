using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Adds line breaks at inline elements that are displayed as blocks, such as
/// <c>&lt;label style="display:block"&gt;</c>, and joins the lines of containers that are displayed inline. The
/// sanitiser removes the style.
/// </summary>
internal sealed class InlineBlocks(IDocument document, StyleCascade cascade)
{
    /// <summary>Elements that may contain lines but not paragraphs.</summary>
    public const string LinesOnly = "p, h1, h2, h3, h4, h5, h6, summary, figcaption, caption, dt";

    // Line breaks around pictures are meaningless; the other elements contain no text of the article.
    private static readonly HashSet<string> Skipped =
        ["img", "br", "wbr", "input", "math", "svg", "video", "audio", "iframe", "object", "embed", "picture"];

    public void EndLines(IElement content)
    {
        // Innermost first, because inline containers may be nested.
        foreach (var parent in content.QuerySelectorAll("*").Where(element => IsBlock(element) || IsInline(element))
            .Select(element => element.ParentElement!).Distinct().Reverse().ToList())
        {
            Rebuild(parent);
        }
    }

    /// <summary>
    /// Replaces all children at once, because AngleSharp's insertion of a single node takes linear time.
    /// </summary>
    private void Rebuild(IElement parent)
    {
        var nodes = new List<INode>();
        var (inLine, isEnded) = (false, false);
        foreach (var node in parent.ChildNodes.SelectMany(
            child => child is IElement element && IsInline(element) ? [.. element.ChildNodes] : (INode[])[child]))
        {
            if (node is not IComment && !(node is IText text && string.IsNullOrWhiteSpace(text.Data)))
            {
                var isBlock = node is IElement element && IsBlock(element);
                var isInLine = node is IText || (node is IElement { LocalName: not "br" } other
                    && !BlockLines.Blocks.Contains(other.LocalName));
                if (isInLine && inLine && (isBlock || isEnded))
                {
                    nodes.Add(document.CreateElement("br"));
                }

                (inLine, isEnded) = (isInLine, isBlock);
            }

            nodes.Add(node);
        }

        parent.TextContent = "";
        nodes.ForEach(node => parent.AppendChild(node));
    }

    /// <summary>True for containers displayed inline, which LibreOffice writes around a picture and its text.</summary>
    private bool IsInline(IElement element) =>
        element.LocalName is "div" && cascade.Get(element, "display") is "inline";

    private bool IsBlock(IElement element) =>
        !BlockLines.Blocks.Contains(element.LocalName)
        && !Skipped.Contains(element.LocalName)
        && cascade.Get(element, "display") is "block" or "flex" or "grid" or "table" or "list-item" or "flow-root"
        && (element.LocalName is not ("span" or "font") || element.Closest(LinesOnly) is not null)
        && element.Closest("pre, math, svg") is null;
}
