using System.Text.RegularExpressions;
using AngleSharp.Dom;
using PhucThuan.Portal.Articles.Import.Fonts;

namespace PhucThuan.Portal.Articles.Import.Lists;

/// <summary>
/// Finds bullets that word processors write as text at the start of a paragraph: marked by Word, in a symbol font, or
/// followed by Word's spaces.
/// </summary>
internal sealed partial class ListMarkers(StyleCascade cascade, SymbolFonts symbols)
{
    /// <summary>Selector of the 7-point spaces that Word writes after a bullet or number.</summary>
    public const string Distance = "span[style*='font:7.0pt'], span[style*='font: 7.0pt']";

    /// <summary>The element that contains the bullet of a paragraph; null without a bullet.</summary>
    public IElement? Find(IElement paragraph)
    {
        var text = paragraph.Descendants<IText>().FirstOrDefault(text => !string.IsNullOrWhiteSpace(text.Data));
        if (text?.ParentElement is not { } holder || holder == paragraph)
        {
            return null;
        }

        // Word marks the bullet and the space after it; other programs use a symbol font for the bullet.
        var marked = holder;
        while (marked is not null && marked != paragraph && !IsIgnored(marked) && !HasSymbolFont(marked))
        {
            marked = marked.ParentElement;
        }

        marked = marked is null || marked == paragraph ? holder : marked;
        var letter = marked.TextContent.Trim();
        return letter.Length == 1 && (HasSymbolFont(holder) || HasSymbolFont(marked) || Bullet().IsMatch(letter))
            && (IsIgnored(marked) || HasSymbolFont(marked) || HasSymbolFont(holder) || HasDistance(marked))
            ? marked
            : null;
    }

    /// <summary>
    /// True when the marker contains Word's spaces. In filtered files, which have no <c>mso-list</c>, nothing else
    /// shows that a dash is a bullet.
    /// </summary>
    private static bool HasDistance(IElement marker) => marker.Children is [{ } only] && only.Matches(Distance);

    private bool IsIgnored(IElement element) =>
        cascade.Get(element, "mso-list").Equals("ignore", StringComparison.OrdinalIgnoreCase);

    private bool HasSymbolFont(IElement element) => symbols.IsIn(element) || CourierBullet(element);

    private bool CourierBullet(IElement element) =>
        element.TextContent.Trim() is "o"
            && cascade.Get(element, "font-family").Contains("Courier", StringComparison.OrdinalIgnoreCase);

    /// <summary>Removes the marker, and the empty elements and spaces that remain before the text.</summary>
    public static void Remove(IElement marker, IElement paragraph)
    {
        var parent = marker.ParentElement!;
        marker.Remove();
        while (parent != paragraph && string.IsNullOrWhiteSpace(parent.TextContent)
            && parent.QuerySelector("img") is null)
        {
            (var empty, parent) = (parent, parent.ParentElement!);
            empty.Remove();
        }

        while (paragraph.FirstChild is { } first
            && (first is IComment || (first is IText && string.IsNullOrWhiteSpace(first.TextContent))
            || (first is IElement { ChildElementCount: 0 } empty && empty.LocalName is not ("img" or "br" or "a")
            && string.IsNullOrWhiteSpace(empty.TextContent))))
        {
            first.RemoveFromParent();
        }
    }

    [GeneratedRegex(@"^[·•●○◦▪■□❖➢✓✔§Øo\-–—+*v\uF020-\uF0FF]$", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();
}
