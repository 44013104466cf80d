using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PhucThuan.Portal.Articles.Import.Limits;

/// <summary>
/// Reduces a page with too much markup to its text: a <c>pre</c> element with one line per paragraph and table row.
/// Requires that hidden text has been removed.
/// </summary>
internal static class TextLines
{
    private const string BetweenCells = " | ";

    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2",
        "h3", "h4", "h5", "h6", "li",
        "ol", "p", "pre", "section", "table", "tr", "ul",
    ];

    /// <summary>Replaces the element by one that contains only its lines of text.</summary>
    public static IHtmlElement Of(IHtmlDocument document, IHtmlElement content)
    {
        var text = new StringBuilder();
        Append(content, text);
        var lines = text.ToString().Split('\n').Select(PlainText.OneLine).OfType<string>();
        var pre = document.CreateElement("pre");
        pre.TextContent = string.Join('\n', lines);
        var replacement = (IHtmlElement)document.CreateElement(content.LocalName);
        replacement.AppendChild(pre);
        content.Replace(replacement);
        return replacement;
    }

    private static void Append(IElement element, StringBuilder text, bool isInCell = false)
    {
        foreach (var child in element.ChildNodes)
        {
            if (child is IText { Data: var data })
            {
                text.Append(element.LocalName == "pre" ? data : data.Replace('\n', ' '));
            }
            else if (child is IElement { LocalName: "td" or "th" } cell)
            {
                text.Append(text.Length > 0 && text[^1] != '\n' ? BetweenCells : "");
                Append(cell, text, isInCell: true);
            }
            else if (child is IElement inner)
            {
                // Paragraphs in a cell do not start a new line.
                var isLine = inner.LocalName == "tr"
                    || (!isInCell && (inner.LocalName == "br" || Blocks.Contains(inner.LocalName)));
                var end = isLine ? "\n" : Blocks.Contains(inner.LocalName) || inner.LocalName == "br" ? " " : "";
                text.Append(end);
                Append(inner, text, isInCell);
                text.Append(end);
            }
        }
    }
}
