using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>
/// Reads the styles of a file without doctype, or with one of HTML 4.0 and older, as browsers do in quirks mode (DOM,
/// 4.5; Quirks Mode Standard, 3.1 and 3.2): class and id selectors ignore case, colours may lack the hash and lengths
/// the unit. AngleSharp knows the mode and applies none of this.
/// </summary>
internal static partial class QuirksStyles
{
    private static readonly string[] Named = ["class", "id"];

    /// <summary>
    /// Gives values their hash and unit, and the names in selectors and elements one spelling. Returns the attributes
    /// that were changed with their old values: other code looks for the names as programs spell them.
    /// </summary>
    public static IReadOnlyList<(IElement Element, string Attribute, string Value)> Apply(IDocument document)
    {
        if (document.CompatMode != "BackCompat")
        {
            return [];
        }

        foreach (var element in document.QuerySelectorAll("[style]"))
        {
            if (element.GetAttribute("style") is { } style && CompleteValues(style) is var complete
                && complete != style)
            {
                element.SetAttribute("style", complete);
            }
        }

        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in document.QuerySelectorAll("style"))
        {
            var text = StyleCascade.Selector().Replace(
                CompleteValues(sheet.TextContent), selector => SpellNames(selector, spellings));
            if (text != sheet.TextContent)
            {
                sheet.TextContent = text;
            }
        }

        return spellings.Count > 0 ? SpellNames(document, spellings) : [];
    }

    private static string CompleteValues(string css) =>
        Length().Replace(Color().Replace(css, "$&#"), "$&px");

    /// <summary>The first spelling of a name is the one for all.</summary>
    private static string SpellNames(Match selector, Dictionary<string, string> spellings) =>
        Name().Replace(selector.Value, name =>
        {
            if (!name.Groups["name"].Success)
            {
                return name.Value;
            }

            var own = name.Groups["name"].Value;
            var plain = Escape().Replace(own, Unescape);
            if (!spellings.TryGetValue(plain, out var first))
            {
                spellings[plain] = first = plain;
            }

            return first == plain
                ? name.Value
                : name.Value[..1] + Special().Replace(first, letter => $"\\{(int)letter.Value[0]:x} ");
        });

    private static List<(IElement, string, string)> SpellNames(
        IDocument document, Dictionary<string, string> spellings)
    {
        var changed = new List<(IElement, string, string)>();
        foreach (var element in document.All)
        {
            foreach (var attribute in Named)
            {
                if (element.GetAttribute(attribute) is not { Length: > 0 } value)
                {
                    continue;
                }

                var spelled = Word().Replace(value, word => spellings.GetValueOrDefault(word.Value, word.Value));
                if (attribute == "class" && spelled != value)
                {
                    spelled += " " + value; // attribute selectors do not ignore case
                }

                if (spelled != value)
                {
                    changed.Add((element, attribute, value));
                    element.SetAttribute(attribute, spelled);
                }
            }
        }

        return changed;
    }

    private static string Unescape(Match escape) =>
        int.TryParse(
            escape.Groups["code"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
        ? code is > 0 and < 0xD800 ? ((char)code).ToString() : "\uFFFD"
        : escape.Value[1..];

    [GeneratedRegex(
        @"\[[^\]]*\]|[.#](?<name>(?:\\[0-9a-f]{1,6}\s?|\\.|[^\s.#:,;>+~\[\]()|*/""'=\\])+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\\(?:(?<code>[0-9a-f]{1,6})\s?|.)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    [GeneratedRegex(@"[^\w-]|^[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex(@"\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // Not the background shorthand, which has no such quirk.
    [GeneratedRegex(
        @"(?<![\w-])(?:color|background-color)\s*:\s*(?=(?:[0-9a-f]{3}|[0-9a-f]{6})\s*(?:[;!}]|$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Color();

    private const string Number = @"[+-]?(?=[0-9.]*[1-9])(?>[0-9]*\.?[0-9]+)(?=\s*(?:[;!}]|$)";

    [GeneratedRegex(
        @"(?<![\w-])(?:left|top|right|bottom|text-indent|margin-(?:left|top)|font-size|(?:max-)?(?:width|height))\s*:"
            + @"\s*" + Number + @")|(?<=(?<![\w-])margin\s*:[^;:}]{0,40})" + Number + @"|\s)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Length();
}
