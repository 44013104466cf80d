using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>
/// Removes content that browsers or the file's word processor do not show: text hidden by a style or an attribute,
/// outside of the page, without size, or in the colour of the background. Visible descendants of an invisible element
/// are kept.
/// </summary>
internal sealed partial class HiddenContent(StyleCascade cascade)
{
    private const string NeverShown =
        "script, style, template, noscript, datalist, dialog:not([open]), input[type=hidden], [hidden], [popover], "
            + "param, canvas, noframes, rp, svg title, svg desc, svg metadata";

    // Contains properties of an Office document. Kept if it contains blocks: an unclosed element contains the text.
    private const string OfOffice = "xml:not(:has(p, div, table, img, h1, h2, ul, ol, br))";

    private const string White = "rgba(255, 255, 255, 1)";

    /// <summary>Maximum opacity of an invisible element.</summary>
    private const double FaintestOpacity = 0.05;

    private static readonly string[] Masks = ["mask", "mask-image", "-webkit-mask", "-webkit-mask-image"];

    private static readonly string[] Sides = ["left", "top", "right", "bottom"];

    /// <summary>Offset in pixels or points from which an element is outside of the page, to the left or top.</summary>
    private const int FarAway = -900;

    /// <summary>Returns the number of removed elements and text nodes with words.</summary>
    public int Remove(IElement body)
    {
        var removed = 0;
        foreach (var element in body.QuerySelectorAll(NeverShown).ToList())
        {
            removed += element.LocalName is not ("script" or "style") && HasWords(element) ? 1 : 0;
            element.Remove();
        }

        foreach (var data in body.QuerySelectorAll(OfOffice).ToList())
        {
            data.Remove();
        }

        return removed + Walk(body, IsInvisible: false, IsWhite: false, HasBackground: false);
    }

    private int Walk(IElement element, bool IsInvisible, bool IsWhite, bool HasBackground)
    {
        (IsInvisible, IsWhite, HasBackground) = Inherit(element, IsInvisible, IsWhite, HasBackground);
        var removed = 0;
        foreach (var child in element.ChildNodes.ToList())
        {
            if (child is IElement inner)
            {
                if (IsGone(inner))
                {
                    removed += HasWords(inner) ? 1 : 0;
                    inner.Remove();
                }
                else
                {
                    removed += Walk(inner, IsInvisible, IsWhite, HasBackground);
                }
            }
            else if (child is IText text && (IsInvisible || (IsWhite && !HasBackground))
                && !string.IsNullOrWhiteSpace(text.Data))
            {
                removed++;
                text.Remove();
            }
        }

        if (IsInvisible && element.LocalName is "img")
        {
            element.Remove();
        }

        return removed;
    }

    private (bool IsInvisible, bool IsWhite, bool HasBackground) Inherit(
        IElement element, bool isInvisible, bool isWhite, bool hasBackground)
    {
        isInvisible = cascade.Get(element, "visibility") switch
        {
            "hidden" or "collapse" => true,
            "visible" or "initial" => false,
            _ => isInvisible,
        };
        var color = cascade.Get(element, "color") is { Length: > 0 } style
            ? style
            : ColorOf(element.GetAttribute("color"));
        color = cascade.Get(element, "-webkit-text-fill-color") is { Length: > 0 } fill ? fill : color;
        isWhite = color.Length == 0 || color is "inherit" ? isWhite : NearlyWhite().IsMatch(color)
            || color is "transparent" || color.EndsWith(", 0)", StringComparison.Ordinal);
        hasBackground = hasBackground || element.HasAttribute("bgcolor") || element.HasAttribute("background")
            || HasColor(cascade.Get(element, "background-color"))
            || cascade.Get(element, "background-image").Contains('(', StringComparison.Ordinal);
        return (isInvisible, isWhite, hasBackground);
    }

    private static string ColorOf(string? attribute) => attribute?.Trim().ToLowerInvariant() switch
    {
        null => "",
        "white" => White,
        var code when WhiteCode().IsMatch(code) => White,
        _ => "other",
    };

    private static bool HasColor(string background) =>
        background is not ("" or "initial" or "transparent" or "inherit") && !NearlyWhite().IsMatch(background)
            && !background.EndsWith(", 0)", StringComparison.Ordinal);

    private bool IsGone(IElement element) =>
        cascade.Get(element, "display") is "none"
        || cascade.Get(element, "mso-hide").StartsWith("all", StringComparison.OrdinalIgnoreCase)
        || cascade.Get(element, "mso-hide").StartsWith("screen", StringComparison.OrdinalIgnoreCase)
        || cascade.Get(element, "content-visibility") is "hidden"
        || NumberOf(cascade.Get(element, "opacity")) < FaintestOpacity
        || IsZero(cascade.Get(element, "zoom"))
        || IsZero(cascade.Get(element, "scale"))
        || NoOpacity().IsMatch(cascade.Get(element, "filter"))
        || NoTransform().IsMatch(cascade.Get(element, "transform"))
        || Edgewise().IsMatch(cascade.Get(element, "rotate"))
        || IsFar(cascade.Get(element, "translate"))
        || Array.Exists(Masks, mask => NoMask().IsMatch(cascade.Get(element, mask)))
        || IsTiny(cascade.Get(element, "font-size"))
        || IsFar(cascade.Get(element, "text-indent"))
        || IsFar(cascade.Get(element, "margin-left"))
        || IsFar(cascade.Get(element, "margin-top"))
        || IsOutOfPage(element)
        || IsCut(element);

    private bool IsOutOfPage(IElement element) => cascade.Get(element, "position") is var position
        && position is "absolute" or "fixed" or "relative"
        && (Array.Exists(Sides, side => IsFar(cascade.Get(element, side)) || IsWhole(cascade.Get(element, side), -1))
            || (position is not "relative" && FullShift().IsMatch(cascade.Get(element, "transform")))
            || (position is not "relative" && NoClip().IsMatch(cascade.Get(element, "clip"))));

    private bool IsCut(IElement element) => NoClipPath().IsMatch(cascade.Get(element, "clip-path"))
        || ((
            cascade.Get(element, "overflow") is "hidden" or "clip"
                || cascade.Get(element, "overflow-x") is "hidden" or "clip"
                || cascade.Get(element, "overflow-y") is "hidden" or "clip")
            && (IsTiny(cascade.Get(element, "height")) || IsTiny(cascade.Get(element, "max-height"))
                || IsTiny(cascade.Get(element, "width")) || IsTiny(cascade.Get(element, "max-width"))
                || IsWhole(cascade.Get(element, "text-indent"), 1)
                || NumberOf(cascade.Get(element, "text-indent")) > -FarAway));

    private static bool IsZero(string value) => NumberOf(value) is 0;

    /// <summary>True for sizes of at most a point or pixel, which hide text.</summary>
    private static bool IsTiny(string value) => IsZero(value)
        || (NumberOf(value) <= 1
        && (value.EndsWith("px", StringComparison.Ordinal) || value.EndsWith("pt", StringComparison.Ordinal)));

    private static bool IsFar(string value) =>
        NumberOf(value) < FarAway || (FontOrWindow().IsMatch(value) && NumberOf(value) < -90);

    /// <summary>True for an offset of at least the whole width or height.</summary>
    private static bool IsWhole(string value, int sign) =>
        value.EndsWith('%') && NumberOf(value) * sign >= 100;

    private static double? NumberOf(string value) =>
        Number().Match(value) is { Success: true } match
        && double.TryParse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;

    private static bool HasWords(IElement element) => !string.IsNullOrWhiteSpace(element.TextContent);

    [GeneratedRegex(@"^-?[0-9]*\.?[0-9]+(?=$|[a-z%])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("(?:em|vw|vh)$", RegexOptions.CultureInvariant)]
    private static partial Regex FontOrWindow();

    [GeneratedRegex(@"^rgba?\(25[0-5], 25[0-5], 25[0-5](?:, [0-9.]+)?\)$", RegexOptions.CultureInvariant)]
    private static partial Regex NearlyWhite();

    [GeneratedRegex("^#?(?:fff|f[a-f]f[a-f]f[a-f])$", RegexOptions.CultureInvariant)]
    private static partial Regex WhiteCode();

    [GeneratedRegex(@"opacity\(0(?:\.0+)?%?\)", RegexOptions.CultureInvariant)]
    private static partial Regex NoOpacity();

    [GeneratedRegex(
        @"scale[XY]?\(0[,)]|scale\([^,)]+, ?0\)|translate(?:X|Y|3d)?\([^)]*-(?:\d{4,}|9\d\d|\d{3}(?:vw|vh))"
        + @"|rotate[XY]\(-?(?:90|270)deg|matrix\(0, ?0, ?0, ?0,",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoTransform();

    [GeneratedRegex(@"rect\((?:[01](?:px)?[, ]+){3}[01](?:px)?\)", RegexOptions.CultureInvariant)]
    private static partial Regex NoClip();

    [GeneratedRegex(
        @"inset\((?:50%|[^)]*\b100%)|(?:circle|ellipse)\(0"
            + @"|polygon\(0(?:px|%)? 0(?:px|%)?(?:, ?0(?:px|%)? 0(?:px|%)?)*\)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoClipPath();

    [GeneratedRegex(@"^[xy] -?(?:90|270)deg", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Edgewise();

    [GeneratedRegex(
        @"translate(?:X|Y|3d)?\(-[1-9]\d\d(?:\.\d+)?%", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FullShift();

    // A gradient of transparent colours only.
    [GeneratedRegex(
        @"^(?:repeating-)?(?:linear|radial|conic)-gradient\((?:[^(),]*,)?(?:\s*(?:transparent|#0{3}0|#[0-9a-f]{6}00|"
            + @"rgba\([^()]*, ?0\))[^(),]*,?)+\)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoMask();
}
