using System.Text.RegularExpressions;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Writes as tags what word processors say in styles, which the sanitiser drops: Google Docs exports bold as
/// <c>&lt;span class="c3"&gt;</c> with a rule for <c>.c3</c>, and pasting from it brings <c>&lt;span style&gt;</c>.
/// </summary>
internal static partial class StyledText
{
    /// <summary>Characters of style sheets that are read; Google Docs writes some ten thousand.</summary>
    private const int MaxSheetLength = 256 * 1024;

    /// <summary>Characters of one attribute; a longer one counts as empty.</summary>
    private const int MaxAttributeLength = 2048;

    private const string Weight = "font-weight";

    private static readonly (string Property, string[] Values, string Tag)[] Meanings =
    [
        (Weight, ["bold", "600", "700", "800", "900"], "b"),
        ("font-style", ["italic"], "i"),
        ("text-decoration-line", ["line-through"], "s"),
        ("vertical-align", ["super"], "sup"),
        ("vertical-align", ["sub"], "sub"),
    ];

    public static void Apply(IDocument document, IElement content)
    {
        var parser = new CssParser();
        var classes = ReadClasses(document, parser);

        // A long table says the same of each of its cells.
        var read = new Dictionary<string, TextStyle?>();
        foreach (var span in content.QuerySelectorAll("span[class], span[style]"))
        {
            // Headings are bold as they are.
            if (span.HasChildNodes && span.Closest("h1, h2, h3, h4, h5, h6") is null)
            {
                var styles = ShortAttribute(span, "class").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(name => classes.GetValueOrDefault(name))
                    .Append(ReadStyle(span, parser, read));
                Wrap(document, span, styles.OfType<TextStyle>().OrderBy(style => style.Order));
            }
        }

        // What is pasted from Google Docs lies in <b style="font-weight:normal"> as a whole.
        foreach (var bold in content.QuerySelectorAll("b[style], strong[style]"))
        {
            if (ReadStyle(bold, parser, read)?.Values[0] is "normal" or "400")
            {
                bold.Replace([.. bold.ChildNodes]);
            }
        }
    }

    /// <summary>What rules say whose selector is one class.</summary>
    private static Dictionary<string, TextStyle> ReadClasses(IDocument document, CssParser parser)
    {
        var classes = new Dictionary<string, TextStyle>();
        var sheet = string.Concat(document.QuerySelectorAll("style").Select(style => style.TextContent));
        if (sheet.Length > MaxSheetLength)
        {
            return classes;
        }

        foreach (var (order, rule) in ReadRules(sheet, parser).Index())
        {
            var style = new TextStyle(order, rule.Style);
            // Null for a selector that is none.
            foreach (var selector in (rule.SelectorText ?? "").Split(',').Select(selector => OneClass().Match(selector)).Where(match => match.Success))
            {
                var name = selector.Groups[1].Value;
                classes[name] = style.Over(classes.GetValueOrDefault(name));
            }
        }

        return classes;
    }

    private static IEnumerable<ICssStyleRule> ReadRules(string sheet, CssParser parser)
    {
        try
        {
            return parser.ParseStyleSheet(sheet).Rules.OfType<ICssStyleRule>();
        }
        catch (DomException)
        {
            // A rule that may not stand where it stands, as @namespace behind others.
            return [];
        }
    }

    private static TextStyle? ReadStyle(IElement element, CssParser parser, Dictionary<string, TextStyle?> read)
    {
        var style = ShortAttribute(element, "style");
        if (style.Length > 0 && !read.ContainsKey(style))
        {
            read[style] = parser.ParseDeclaration(style) is { } declaration ? new TextStyle(int.MaxValue, declaration) : null;
        }

        return read.GetValueOrDefault(style);
    }

    private static string ShortAttribute(IElement element, string name) =>
        element.GetAttribute(name) is { Length: <= MaxAttributeLength } value ? value : "";

    private static void Wrap(IDocument document, IElement span, IEnumerable<TextStyle> styles)
    {
        var style = styles.Aggregate((TextStyle?)null, (below, next) => next.Over(below));
        for (var index = 0; index < Meanings.Length; index++)
        {
            var (_, values, tag) = Meanings[index];

            // Not once more within the same: a file does not become deeper than it may be.
            if (style?.Values[index]?.Split(' ').Any(values.Contains) == true && span.Closest(tag) is null)
            {
                var element = document.CreateElement(tag);
                element.Append([.. span.ChildNodes]);
                span.Append(element);
            }
        }
    }

    [GeneratedRegex(@"^\s*(?:span)?\.([\w-]+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex OneClass();

    /// <summary>The values of the properties of <see cref="Meanings"/>, null where nothing is said.</summary>
    /// <param name="Order">The later rule wins, and the attribute over all of them.</param>
    private sealed record TextStyle(int Order, string?[] Values)
    {
        public TextStyle(int order, ICssStyleDeclaration style)
            : this(order, Array.ConvertAll(Meanings, meaning => style.GetPropertyValue(meaning.Property) is { Length: > 0 } value ? value : null))
        {
        }

        public TextStyle Over(TextStyle? below) =>
            below is null ? this : this with { Values = [.. Values.Zip(below.Values, (value, lower) => value ?? lower)] };
    }
}
