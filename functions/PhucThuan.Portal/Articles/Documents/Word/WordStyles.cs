using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PhucThuan.Portal.Articles.Documents.Word.Inlines;

namespace PhucThuan.Portal.Articles.Documents.Word;

/// <summary>Resolves formatting through a document's style inheritance (ISO/IEC 29500-1, 17.7).</summary>
internal sealed partial class WordStyles
{
    /// <summary>Maximum depth of style inheritance, which is circular in some files.</summary>
    private const int MaxChain = 20;

    private readonly Dictionary<string, Style> _styles = [];
    private readonly string? _normal;
    private readonly RunPropertiesBaseStyle? _defaults;

    public WordStyles(MainDocumentPart document)
    {
        var styles = document.StyleDefinitionsPart?.Styles;
        foreach (var style in styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                _styles.TryAdd(id, style);
            }
        }

        _normal = _styles.Values.FirstOrDefault(
            style =>
                style.Type?.InnerText == "paragraph"
                    && style.Default?.InnerText is "1" or "true" or "on")?.StyleId?.Value;
        _defaults = styles?.DocDefaults?.RunPropertiesDefault?.RunPropertiesBaseStyle;
    }

    /// <summary>
    /// Names of a paragraph's style and its base styles, in lower case. Names of built-in styles are English in every
    /// language version of Word.
    /// </summary>
    public IEnumerable<string> NamesOf(Paragraph paragraph) =>
        ChainOf(StyleOf(paragraph)).Select(style => style.StyleName?.Val?.Value?.ToLowerInvariant()).OfType<string>();

    /// <summary>1 to 9 for a heading; null for body text.</summary>
    public int? HeadingLevelOf(Paragraph paragraph)
    {
        var level = paragraph.ParagraphProperties?.OutlineLevel?.Val.ToNumber()
            ?? FromChain(paragraph, properties => properties.OutlineLevel?.Val.ToNumber());
        if (level is null
            && NamesOf(paragraph)
            .FirstOrDefault(
                name => name.StartsWith("heading ", StringComparison.Ordinal)) is [.., >= '1' and <= '9' and var digit])
        {
            level = digit - '1';
        }

        const int Text = 9; // the standard's value for body text
        return level is >= 0 and < Text ? level + 1 : null;
    }

    /// <summary>A numbering property of the paragraph, otherwise of its style or the nearest base style.</summary>
    public T? Find<T>(Paragraph paragraph, Func<NumberingProperties, T?> choose)
        where T : struct =>
        (paragraph.ParagraphProperties?.NumberingProperties is { } own ? choose(own) : null)
        ?? FromChain(
            paragraph, properties => properties.NumberingProperties is { } numbering ? choose(numbering) : null);

    /// <summary>Indent in twips; null when it is defined by the numbering.</summary>
    public int? IndentOf(Paragraph paragraph) =>
        LeftOf(paragraph.ParagraphProperties?.Indentation)
            ?? FromChain(paragraph, properties => LeftOf(properties.Indentation));

    public static int? LeftOf(Indentation? indentation) =>
        indentation?.Left.ToNumber() ?? indentation?.Start.ToNumber();

    public string? StyleOf(Paragraph paragraph) =>
        paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value is { } id && _styles.ContainsKey(id) ? id : _normal;

    /// <summary>Id of the numbering that a numbering style refers to.</summary>
    public int? NumberingOf(string? styleId) =>
        ChainOf(styleId)
            .Select(style => style.StyleParagraphProperties?.NumberingProperties?.NumberingId?.Val.ToNumber())
            .FirstOrDefault(id => id is not null);

    /// <summary>Borders defined by a table style.</summary>
    public TableBorders? BordersOf(string? styleId) =>
        ChainOf(styleId).Select(style => style.StyleTableProperties?.TableBorders)
            .FirstOrDefault(borders => borders is not null);

    public bool IsHidden(Run run, Paragraph paragraph) =>
        run.RunProperties?.WebHidden.IsOn() == true || Toggle<Vanish>(run, paragraph)
            || run.RunProperties?.SpecVanish.IsOn() == true
            || First<FontSize>(run, paragraph)?.Val?.Value is "0" or "1" or "2"
            || (IsWhite(First<Color>(run, paragraph)) && !IsOnColour(run, paragraph));

    /// <summary>True for white, for near-white that is not readable on paper, and for the theme's background.</summary>
    private static bool IsWhite(Color? color) =>
        (color?.Val?.InnerText is { Length: 6 } code && NearlyWhite().IsMatch(code))
        || (color?.ThemeColor?.InnerText is "background1" && color.ThemeShade is null);

    /// <summary>
    /// True where white letters are readable: on shaded text, paragraphs or tables, in a table with a style, which may
    /// shade it, and in a shape.
    /// </summary>
    private bool IsOnColour(Run run, Paragraph paragraph) =>
        First<Shading>(run, paragraph) is not null
            || First<Highlight>(run, paragraph) is not null
            || (paragraph.ParagraphProperties?.GetFirstChild<Shading>() ?? ChainOf(StyleOf(paragraph))
                .Select(style => style.StyleParagraphProperties?.GetFirstChild<Shading>())
                .FirstOrDefault(shading => shading is not null)) is not null
            || run.Ancestors<TextBoxContent>().Any()
            || run.Ancestors<TableCell>().Any(cell => cell.TableCellProperties?.GetFirstChild<Shading>() is not null)
            || run.Ancestors<Table>().Any(table =>
                table.GetFirstChild<TableProperties>() is { } properties
                && (properties.TableStyle is not null || properties.GetFirstChild<Shading>() is not null));

    public RunFormat FormatOf(Run run, Paragraph paragraph)
    {
        var position = First<VerticalTextAlignment>(
            run, paragraph)?.Val?.InnerText switch
        { "superscript" => "sup", "subscript" => "sub", _ => null };
        var underline = First<Underline>(run, paragraph)?.Val?.InnerText;
        return new(
            Toggle<Bold>(run, paragraph),
            Toggle<Italic>(run, paragraph),
            underline is not (null or "none"),
            Toggle<Strike>(run, paragraph) || Toggle<DoubleStrike>(run, paragraph),
            position,
            FontOf(run, paragraph));
    }

    /// <summary>
    /// Value of a toggle property (17.7.3): direct formatting takes precedence; otherwise, paragraph and character
    /// style are combined with XOR.
    /// </summary>
    private bool Toggle<T>(Run run, Paragraph paragraph)
        where T : OnOffType
    {
        if (run.RunProperties?.GetFirstChild<T>().IsOn() is { } own)
        {
            return own;
        }

        var ofParagraph = Style<T>(StyleOf(paragraph)).IsOn() ?? false;
        var ofLetters = Style<T>(run.RunProperties?.RunStyle?.Val?.Value).IsOn() ?? false;
        return (ofParagraph ^ ofLetters) || _defaults?.GetFirstChild<T>().IsOn() == true;
    }

    /// <summary>
    /// Null for a theme font, whose text is Unicode. An element may define only some of the fonts.
    /// </summary>
    private string? FontOf(Run run, Paragraph paragraph) =>
        All<RunFonts>(run, paragraph)
            .Select(fonts => fonts.AsciiTheme is not null ? "" : fonts.Ascii?.Value ?? fonts.HighAnsi?.Value)
            .FirstOrDefault(font => font is not null) is { Length: > 0 } font ? font : null;

    private T? First<T>(Run run, Paragraph paragraph)
        where T : OpenXmlElement => All<T>(run, paragraph).FirstOrDefault();

    /// <summary>The elements in order of precedence, from direct formatting to the document's defaults.</summary>
    private IEnumerable<T> All<T>(Run run, Paragraph paragraph)
        where T : OpenXmlElement =>
        ChainOf(run.RunProperties?.RunStyle?.Val?.Value).Concat(ChainOf(StyleOf(paragraph)))
            .Select(style => style.StyleRunProperties?.GetFirstChild<T>())
            .Prepend(run.RunProperties?.GetFirstChild<T>())
            .Append(_defaults?.GetFirstChild<T>())
            .OfType<T>();

    private T? Style<T>(string? id)
        where T : OpenXmlElement =>
        ChainOf(id).Select(style => style.StyleRunProperties?.GetFirstChild<T>())
            .FirstOrDefault(property => property is not null);

    private T? FromChain<T>(Paragraph paragraph, Func<StyleParagraphProperties, T?> choose)
        where T : struct =>
        ChainOf(StyleOf(paragraph))
            .Select(style => style.StyleParagraphProperties is { } properties ? choose(properties) : null)
            .FirstOrDefault(value => value is not null);

    private IEnumerable<Style> ChainOf(string? id)
    {
        for (var count = 0; count < MaxChain && id is not null && _styles.TryGetValue(id, out var style); count++)
        {
            yield return style;
            id = style.BasedOn?.Val?.Value;
        }
    }

    [GeneratedRegex("^(?:f[a-f]){3}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NearlyWhite();
}
