using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using PhucThuan.Portal.Articles.Import;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Reduces an editor's HTML to what an article needs: text, headings below the page's own, lists, tables, links and
/// pictures. Nothing that is kept can run, load from elsewhere, or change the page around the article.
/// </summary>
public sealed class ArticleSanitizer
{
    private static readonly string[] Tags =
    [
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details",
        "dl", "dt",
        "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "mark", "ol",
        "p", "pre", "q",
        "s", "small", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u",
        "ul",
    ];

    private static readonly string[] Attributes =
    [
        "alt", "colspan", "height", "href", "id", "lang", "reversed", "rowspan", "scope", "span", "src",
        "start", "title", "type", "value", "width",
    ];

    private static readonly string[] EmbeddedTypes = ["png", "jpeg", "gif", "webp", "avif"];

    // Dropped with what they hold; of other tags that are not allowed (span, div, font, o:p) the content stays.
    private const string DroppedWithContent =
        "script, style, template, noscript, iframe, frame, frameset, noframes, object, embed, applet, svg, head,"
        + " title, canvas, audio, video, xmp, plaintext, listing, noembed, select, textarea";

    // It takes 0.3 s of a start, beside which the worker connects to its host.
    private readonly Task<HtmlSanitizer> _sanitizer = Task.Run(CreateSanitizer);

    /// <summary>
    /// Changes <paramref name="content"/> in place; the answer is its inner HTML, and links in it that would have led
    /// nowhere.
    /// </summary>
    internal (string Body, IReadOnlyList<string> DeadLinks) Sanitize(
        IHtmlDocument document, IHtmlElement content, StyleCascade cascade)
    {
        // Styles of the head too: the sanitiser would read them, in the square of their length (1.8 MB: 64 s).
        foreach (var element in document.QuerySelectorAll("style").Concat(content.QuerySelectorAll(DroppedWithContent))
            .ToList())
        {
            element.Remove();
        }

        foreach (var comment in content.Descendants<IComment>().ToList())
        {
            comment.Remove();
        }

        Formulas.Apply(document, content);
        var privateLinks = ArticleLinks.Prepare(content);
        var layouts = ArticleTables.FindLayouts(document, content, cascade);
        _sanitizer.GetAwaiter().GetResult().SanitizeDom(document, content);
        foreach (var image in content.QuerySelectorAll<IHtmlImageElement>("img").ToList())
        {
            KeepOwnPicture(image);
        }

        RemoveEmptyParagraphs(content);
        var deadLinks = ArticleLinks.Lead(content);
        ValidMarkup.Apply(document, content);
        ArticleTables.Frame(document, content, layouts);
        return (BodyHtml.Of(content).Trim(), [.. privateLinks, .. deadLinks]);
    }

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Tags.Concat(Formulas.Names).ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = Attributes.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(
                ["https", "http", "mailto", "tel", "data"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href", "src"], StringComparer.OrdinalIgnoreCase),
        })
        {
            KeepChildNodes = true,
        };

        // data: is for pictures only; KeepOwnPicture narrows it to raster images.
        sanitizer.FilterUrl += (_, filter) =>
        {
            if (filter.Tag is not IHtmlImageElement
                && filter.OriginalUrl.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            {
                filter.SanitizedUrl = null;
            }
        };
        return sanitizer;
    }

    /// <summary>
    /// A picture from container <c>media</c> or embedded in the file; others become their description.
    /// </summary>
    private static void KeepOwnPicture(IHtmlImageElement image)
    {
        var reference = image.GetAttribute("src");
        var source = IsEmbeddedPicture(reference) ? reference : MediaAddress.FromFile(reference);
        if (source is null)
        {
            image.Replace(image.Owner!.CreateTextNode(image.AlternativeText ?? ""));
            return;
        }

        image.SetAttribute("src", source);
        image.SetAttribute("loading", "lazy");
        image.SetAttribute("decoding", "async");
        if (!image.HasAttribute("alt"))
        {
            image.SetAttribute("alt", "");
        }
    }

    private static bool IsEmbeddedPicture(string? reference) =>
        reference is not null
        && EmbeddedTypes.Any(
            type => reference.StartsWith($"data:image/{type};base64,", StringComparison.OrdinalIgnoreCase));

    /// <summary>Word processors make distance with empty paragraphs; the stylesheet makes it here.</summary>
    private static void RemoveEmptyParagraphs(IElement content)
    {
        foreach (var element in content.QuerySelectorAll("p, h1, h2, h3, h4, h5, h6").Reverse().ToList())
        {
            if (!string.IsNullOrWhiteSpace(element.TextContent) || element.QuerySelector("img") is not null)
            {
                continue;
            }

            // A link may lead here: then it leads to what comes next.
            if ((element.HasAttribute("id") ? element : element.QuerySelector("[id]"))?.Id is { } target
                && element.NextElementSibling is { } next && !next.HasAttribute("id"))
            {
                next.Id = target;
            }

            element.Remove();
        }
    }
}
