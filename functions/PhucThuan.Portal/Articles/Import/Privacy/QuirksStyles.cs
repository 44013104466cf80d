using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>
/// Applies the rules of quirks mode to the styles of a file without a doctype, or with one of HTML 4.0 or older (DOM,
/// 4.5; Quirks Mode Standard, 3.1 and 3.2): class and id selectors ignore case, colours may lack the hash and lengths
/// the unit. AngleSharp detects the mode but does not apply these rules.
/// </summary>
internal static partial class QuirksStyles
{
    private static readonly string[] Named = ["class", "id"];

    /// <summary>
    /// Adds missing hashes and units, and makes the case of names in selectors and elements equal. Returns the changed
    /// attributes with their old values, because other code depends on the original spelling.
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

    /// <summary>Replaces all spellings of a name by the first one.</summary>
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

    // Without the background shorthand, to which the quirk does not apply.
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
