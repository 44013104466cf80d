using System.Globalization;
using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Site;

/// <summary>A configured colour of links, buttons and lines, <c>#rrggbb</c>.</summary>
internal sealed partial record AccentColor(byte Red, byte Green, byte Blue)
{
    /// <summary>WCAG 2.2, 1.4.6: contrast of text on level AAA.</summary>
    public const double MinContrast = 7;

    /// <summary>Backgrounds of page and panel in theme.css, light mode.</summary>
    public static IReadOnlyList<string> LightBackgrounds { get; } = ["#fdfdfb", "#eef5f0"];

    /// <summary>Backgrounds of page and panel in theme.css, dark mode.</summary>
    public static IReadOnlyList<string> DarkBackgrounds { get; } = ["#141a16", "#1d2721"];

    /// <summary>Null unless the text is <c>#rrggbb</c>.</summary>
    public static AccentColor? Parse(string text) => Pattern().IsMatch(text)
        ? new(Part(text, 1), Part(text, 3), Part(text, 5))
        : null;

    /// <summary>
    /// The error message for a malformed colour or for low contrast with a background; null if valid.
    /// </summary>
    public static string? FindProblem(string text, IReadOnlyList<string> backgrounds)
    {
        if (Parse(text) is not { } color)
        {
            return "allowed is a colour such as #0b5394";
        }

        var (background, contrast) = backgrounds
            .Select(background => (background, Contrast: color.ContrastWith(Parse(background)!)))
            .MinBy(pair => pair.Contrast);
        return contrast >= MinContrast
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"its contrast with the background {background} is {contrast:0.0}:1, but text must have 7:1 at least "
                    + $"(WCAG 2.2, level AAA); choose a {(IsLight(backgrounds) ? "darker" : "lighter")} colour");
    }

    /// <summary>Contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio).</summary>
    public double ContrastWith(AccentColor other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    private static bool IsLight(IReadOnlyList<string> backgrounds) => Parse(backgrounds[0])!.Luminance > 0.5;

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte part)
    {
        var value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static byte Part(string text, int start) =>
        byte.Parse(text.AsSpan(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^#[0-9A-Fa-f]{6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
