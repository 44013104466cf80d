using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Css;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles.Import.Privacy;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// The cascaded styles of a file, computed by AngleSharp.Css: style sheets for a screen, specificity, <c>!important</c>
/// and style attributes, without inheritance. Unknown properties, such as Word's <c>mso-list</c>, are kept.
/// </summary>
/// <remarks>
/// The cascade of an element takes about 15 µs. Therefore, elements with equal names, style attributes, and classes and
/// ids that occur in selectors share a result, if no selector depends on other elements. This holds for files from word
/// processors.
/// </remarks>
internal sealed partial class StyleCascade
{
    /// <summary>Characters; Word writes 40,000, Google Docs 10,000. Longer style sheets would take seconds.</summary>
    private const int MaxSheetLength = 512 * 1024;

    /// <summary>
    /// Maximum number of elements in a file with selectors such as <c>:nth-child</c> or <c>:has</c>, which take
    /// quadratic time.
    /// </summary>
    private const int MaxElementsOfComplexSheet = 5_000;

    private static readonly CssParserOptions Options =
        new() { IsIncludingUnknownDeclarations = true, IsIncludingUnknownRules = true };

    private static readonly string[] Hints =
    [
        "type", "hidden", "align", "valign", "nowrap", "color", "bgcolor", "face", "size", "border", "width", "height",
        "dir",
    ];

    private static readonly DefaultRenderDevice Screen =
        new() { DeviceWidth = 1280, DeviceHeight = 800, ViewPortWidth = 1280, ViewPortHeight = 800 };

    // Without the observer that parses every style attribute; equal attributes are parsed once here.
    private static readonly Configuration WithCss = new(
        Configuration.Default.WithCss(Options)
            .WithRenderDevice(Screen).Services.Where(service => service.GetType().Name != "StyleAttributeObserver"));

    private readonly IStyleCollection _styles;
    private readonly bool _isSimple;
    private readonly Dictionary<(string, string?, string?, string?, string), ICssStyleDeclaration> _shared = [];
    private readonly Dictionary<IElement, ICssStyleDeclaration> _known = [];
    private readonly Dictionary<(ICssStyleDeclaration Style, string Property), string> _values = [];

    // Classes and ids in selectors, ignoring case, as in quirks mode; null when a selector contains an escape sequence.
    private readonly HashSet<string>? _names;
    private readonly Dictionary<string, string> _classes = [];

    private StyleCascade(IHtmlDocument document, List<string> selectors)
    {
        _styles = document.DefaultView!.GetStyleCollection(Screen);
        _isSimple = selectors.TrueForAll(IsSimple);
        _names = selectors.Exists(selector => selector.Contains('\\', StringComparison.Ordinal))
            ? null
            : selectors.SelectMany(selector => ClassOrId().Matches(selector)).Select(name => name.Value[1..])
                .ToHashSet(StringComparer.OrdinalIgnoreCase);

        // Forces AngleSharp to read the style sheets before those in the body are removed.
        _ = Of(document.Body!);
    }

    /// <exception cref="NotAnArticleException">The style sheets are too long.</exception>
    public static IHtmlDocument Parse(string html)
    {
        if (Sheet().Matches(html).Sum(sheet => sheet.Length) > MaxSheetLength)
        {
            throw TooComplex();
        }

        return new HtmlParser(default, BrowsingContext.New(WithCss)).ParseDocument(OldFont().Replace(html, "$1"));
    }

    /// <exception cref="NotAnArticleException">The selectors would take too long.</exception>
    public static StyleCascade Of(IHtmlDocument document)
    {
        StyleSheetRules.Rewrite(document);
        var respelled = QuirksStyles.Apply(document);
        var sheets = document.QuerySelectorAll("style").Select(style => style.TextContent).ToList();
        var selectors = sheets.SelectMany(sheet => Selector().Matches(sheet)).Select(match => match.Value).ToList();
        if (selectors.Exists(selector => Counting().IsMatch(selector))
            && document.All.Length > MaxElementsOfComplexSheet)
        {
            throw TooComplex();
        }

        var cascade = new StyleCascade(document, selectors);
        if (respelled.Count > 0)
        {
            // Compute all styles before the original spelling is restored.
            foreach (var element in document.All)
            {
                _ = cascade.Of(element);
            }

            foreach (var (element, attribute, value) in respelled)
            {
                element.SetAttribute(attribute, value);
            }
        }

        return cascade;
    }

    /// <summary>Declared value of a property, with <c>var()</c> resolved; empty without a declaration.</summary>
    public string Get(IElement element, string property)
    {
        var value = GetDeclared(element, property);
        return value.Contains("var(", StringComparison.OrdinalIgnoreCase)
            ? CustomProperties.Resolve(element, property, value, GetDeclared)
            : value;
    }

    private string GetDeclared(IElement element, string property)
    {
        var style = Of(element);
        if (!_isSimple)
        {
            return style.GetPropertyValue(property) ?? "";
        }

        // Cached, because many elements share a style, and AngleSharp.Css takes microseconds per property.
        if (!_values.TryGetValue((style, property), out var value))
        {
            _values[(style, property)] = value = style.GetPropertyValue(property) ?? "";
        }

        return value;
    }

    /// <summary>Value of the nearest declaration on the element or its ancestors.</summary>
    public string GetInherited(IElement? element, string property)
    {
        for (; element is not null; element = element.ParentElement)
        {
            if (Get(element, property) is { Length: > 0 } value and not ("inherit" or "unset"))
            {
                return value;
            }
        }

        return "";
    }

    /// <summary>Assigns the style of an element to its replacement.</summary>
    public void Copy(IElement from, IElement to) => _known[to] = Of(from);

    private static NotAnArticleException TooComplex() =>
        new("phần kiểu trình bày (style) của tệp quá lớn nên không xét hết được chữ ẩn; "
        + "hãy lưu lại thành HTML gọn (Web Page, Filtered) hoặc chia thành nhiều bài");

    /// <summary>True when the selector matches by the element alone.</summary>
    private static bool IsSimple(string selector) =>
        Array.TrueForAll(NoSelector().Replace(selector, " ").Split(','), part => Simple().IsMatch(part.Trim()));

    /// <summary>Presentational hints (HTML, 15), and whether the element is a link.</summary>
    private static string HintsOf(IElement element) => string.Join('\n', Hints.Select(element.GetAttribute))
        + (element.HasAttribute("href") ? "\nlink" : "");

    /// <summary>
    /// The classes that occur in selectors, so that styles are shared even if each paragraph has another class.
    /// </summary>
    private string? ClassesOf(IElement element)
    {
        if (_names is null || element.ClassName is not { } all)
        {
            return element.ClassName;
        }

        if (!_classes.TryGetValue(all, out var named))
        {
            _classes[all] = named = string.Join(
                ' ', all.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(_names.Contains));
        }

        return named;
    }

    private ICssStyleDeclaration Of(IElement element)
    {
        if (_known.TryGetValue(element, out var style))
        {
            return style;
        }

        if (!_isSimple)
        {
            return _known[element] = _styles.ComputeExplicitStyle(element);
        }

        var id = element.Id is { } own && _names?.Contains(own) != false ? own : null;
        var key = (element.LocalName, ClassesOf(element), id, element.GetAttribute("style"), HintsOf(element));
        if (!_shared.TryGetValue(key, out style))
        {
            style = _shared[key] = _styles.ComputeExplicitStyle(element);
        }

        return _known[element] = style;
    }

    // Names of TCVN3 fonts start with a dot, which is invalid in CSS, so the declaration would be ignored.
    [GeneratedRegex(@"(font-family\s*:\s*)\.(?=Vn[A-Z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OldFont();

    [GeneratedRegex("<style[^<>]*>(?>(?:[^<]+|<(?!/style))*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sheet();

    // A match includes the declarations before a nested rule.
    [GeneratedRegex(@"[^{}]+(?=\{)", RegexOptions.CultureInvariant)]
    public static partial Regex Selector();

    [GeneratedRegex(
        @":(?:nth|first-of|last|only|empty|has|is|where|not)|~",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Counting();

    [GeneratedRegex(@"[.#][^\s.#:,>+~\[(){}*""'=]+", RegexOptions.CultureInvariant)]
    private static partial Regex ClassOrId();

    // The HTML comment around a style sheet of Word, CSS comments, and at-rules before the selector.
    [GeneratedRegex(@"<!--|-->|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|^[^;]*;", RegexOptions.CultureInvariant)]
    private static partial Regex NoSelector();

    // An element name, classes and ids; or any selector of a pseudo-element, which affects generated text only.
    [GeneratedRegex(
        @"^(?:(?:[\w-]+|\*)?(?:[.#][\w-]+)*(?:::?(?:link|visited|hover|active|focus))?|@[^,]*|.*::?(?:before|after|"
            + @"marker|selection|first-line|first-letter))$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Simple();
}
