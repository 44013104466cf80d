using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Reduces MathML formulas to presentation elements with text: no links, no styles, and no HTML inside, which a browser
/// could parse differently (mutation XSS).
/// </summary>
internal static class Formulas
{
    public const string Namespace = "http://www.w3.org/1998/Math/MathML";

    /// <summary>Maximum number of elements per formula; a larger one is replaced by its text.</summary>
    private const int MaxElements = 500;

    private static readonly HashSet<string> Leaves = ["mi", "mn", "mo", "mtext"];

    private static readonly HashSet<string> Containers =
    [
        "mrow", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr",
        "mtd",
    ];

    // The sanitiser removes elements with these names outside of the MathML namespace.
    public static IEnumerable<string> Names => [.. Leaves, .. Containers, "math"];

    public static void Apply(IDocument document, IElement content)
    {
        // MathML elements outside of a formula are unwrapped, like unknown elements.
        foreach (var stray in content.QuerySelectorAll(string.Join(", ", Names))
            .Where(element => element.NamespaceUri != Namespace || element.Closest("math") is null).ToList())
        {
            stray.Replace([.. stray.ChildNodes]);
        }

        foreach (var formula in content.QuerySelectorAll("math")
            .Where(math => math.ParentElement?.Closest("math") is null).ToList())
        {
            formula.Replace(
                formula.QuerySelectorAll("*").Length <= MaxElements && Copy(document, formula, "math") is { } copy
                    && !string.IsNullOrWhiteSpace(copy.TextContent)
                ? copy
                : document.CreateTextNode(TextOf(formula)));
        }
    }

    private static IElement Copy(IDocument document, IElement element, string name)
    {
        var copy = document.CreateElement(Namespace, name);
        if (Leaves.Contains(name))
        {
            copy.TextContent = TextOf(element);
            return copy;
        }

        AppendChildren(document, element, copy);
        return copy;
    }

    private static void AppendChildren(IDocument document, IElement element, IElement copy)
    {
        foreach (var child in element.Children)
        {
            var name = child.LocalName.ToLowerInvariant();
            if (Leaves.Contains(name) || Containers.Contains(name))
            {
                copy.AppendChild(Copy(document, child, name));
            }
            else if (name is not ("annotation" or "annotation-xml" or "script" or "style"))
            {
                // Unwraps semantics, mstyle, mpadded and others that only change the appearance.
                AppendChildren(document, child, copy);
            }
        }
    }

    private static string TextOf(IElement element) => PlainText.OneLine(string.Concat(element.Descendants<IText>()
        .Where(text => text.ParentElement?.Closest("annotation, annotation-xml, script, style") is null)
        .Select(text => text.Data))) ?? "";
}
