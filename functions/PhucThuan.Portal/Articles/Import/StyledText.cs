using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Replaces meaningful styles by elements, because the sanitiser removes styles. Google Docs exports bold text as
/// <c>&lt;span class="c3"&gt;</c> with a rule for <c>.c3</c>, LibreOffice and Excel with a class of the paragraph or
/// cell.
/// </summary>
internal sealed class StyledText(IDocument document, StyleCascade cascade)
{
    private const string BlocksOfText = "p, div, li, td, center, dt, dd";

    private static readonly HashSet<string> Headings = ["h1", "h2", "h3", "h4", "h5", "h6", "th"];

    private static readonly HashSet<string> Blocks =
        ["p", "div", "li", "td", "center", "dt", "dd", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"];

    private static readonly (string Property, string[] Values, string Tag, bool IsInherited)[] Meanings =
    [
        ("font-weight", ["bold", "bolder", "600", "700", "800", "900"], "b", true),
        ("font-style", ["italic", "oblique"], "i", true),
        ("text-decoration-line", ["line-through"], "s", true),
        ("vertical-align", ["super"], "sup", false),
        ("vertical-align", ["sub"], "sub", false),
    ];

    public void Apply(IElement content)
    {
        foreach (var span in content.QuerySelectorAll("span, font").ToList())
        {
            // Headings are bold without an element.
            if (span.HasChildNodes && !IsInHeading(span))
            {
                Wrap(span, (element, meaning) => cascade.Get(element, meaning.Property));
            }
        }

        foreach (var block in content.QuerySelectorAll(BlocksOfText).ToList())
        {
            if (block.HasChildNodes && !IsInHeading(block)
                && !block.Descendants<IElement>().Any(inner => Blocks.Contains(inner.LocalName))
                && !string.IsNullOrWhiteSpace(block.TextContent))
            {
                Wrap(
                    block, (element, meaning) =>
                        meaning.IsInherited ? InheritedBelow(content, element, meaning.Property) : "");
            }
        }

        // Google Docs wraps pasted text in <b style="font-weight:normal">.
        foreach (var bold in content.QuerySelectorAll("b, strong")
            .Where(bold => cascade.Get(bold, "font-weight") is "normal" or "400").ToList())
        {
            bold.Replace([.. bold.ChildNodes]);
        }
    }

    private static bool IsInHeading(IElement? element)
    {
        while (element is not null && !Headings.Contains(element.LocalName))
        {
            element = element.ParentElement;
        }

        return element is not null;
    }

    /// <summary>The value inherited from containers of the block, except from the page itself.</summary>
    private string InheritedBelow(IElement content, IElement block, string property)
    {
        for (var element = block; element is not null && element != content
            && element.LocalName != "body"; element = element.ParentElement)
        {
            if (cascade.Get(element, property) is { Length: > 0 } value and not "inherit")
            {
                return value;
            }
        }

        return "";
    }

    private void Wrap(
        IElement element, Func<IElement, (string Property, string[] Values, string Tag, bool IsInherited),
        string> valueOf)
    {
        foreach (var meaning in Meanings)
        {
            // Not nested in an equal element, to limit the depth.
            if (valueOf(element, meaning).Split(' ').Any(meaning.Values.Contains)
                && element.Closest(meaning.Tag) is null)
            {
                var wrapper = document.CreateElement(meaning.Tag);
                wrapper.Append([.. element.ChildNodes]);
                element.Append(wrapper);
            }
        }
    }
}
