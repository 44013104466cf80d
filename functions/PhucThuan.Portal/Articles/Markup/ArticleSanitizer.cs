using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using PhucThuan.Portal.Articles.Import;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>
/// Sanitises an editor's HTML with an allow-list: text, headings below the page's own, lists, tables, links and
/// pictures. The result cannot run code, load from other sites or change the page around the article.
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

    // Removed with their content. Other elements that are not allowed (span, div, font, o:p) are unwrapped.
    private const string DroppedWithContent =
        "script, style, template, noscript, iframe, frame, frameset, noframes, object, embed, applet, svg, head,"
        + " title, canvas, audio, video, xmp, plaintext, listing, noembed, select, textarea";

    // Created in the background: it takes 0.3 s of a cold start, in parallel with the worker's connection to its host.
    private readonly Task<HtmlSanitizer> _sanitizer = Task.Run(CreateSanitizer);

    /// <summary>
    /// Changes <paramref name="content"/> in place. Returns its inner HTML, and the dead links that were removed.
    /// </summary>
    internal (string Body, IReadOnlyList<string> DeadLinks) Sanitize(
        IHtmlDocument document, IHtmlElement content, StyleCascade cascade)
    {
        // Includes style elements in the head, for which HtmlSanitizer takes quadratic time (1.8 MB: 64 s).
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
        var deadLinks = ArticleLinks.Rewrite(content);
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

        // Allow data: for pictures only; KeepOwnPicture restricts it to raster images.
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
    /// Keeps a picture in container <c>media</c> or embedded in the file; replaces others by their alternative text.
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

    /// <summary>Removes paragraphs that word processors use as spacing, which the style sheet provides.</summary>
    private static void RemoveEmptyParagraphs(IElement content)
    {
        foreach (var element in content.QuerySelectorAll("p, h1, h2, h3, h4, h5, h6").Reverse().ToList())
        {
            if (!string.IsNullOrWhiteSpace(element.TextContent) || element.QuerySelector("img") is not null)
            {
                continue;
            }

            // Moves an id that is the target of a link to the next element.
            if ((element.HasAttribute("id") ? element : element.QuerySelector("[id]"))?.Id is { } target
                && element.NextElementSibling is { } next && !next.HasAttribute("id"))
            {
                next.Id = target;
            }

            element.Remove();
        }
    }
}
