using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Microsoft.AspNetCore.WebUtilities;

namespace PhucThuan.Portal.Articles;

/// <summary>
/// Reduces an editor's HTML to what an article needs: text, headings below the page's own, lists, tables, links and
/// pictures. Nothing that is kept can run, load from elsewhere, or change the page around the article.
/// </summary>
public sealed class ArticleSanitizer
{
    private static readonly string[] Tags =
    [
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dl", "dt",
        "em", "figcaption", "figure", "h2", "h3", "h4", "hr", "i", "img", "ins", "li", "mark", "ol", "p", "pre", "q",
        "s", "small", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
    ];

    private static readonly string[] Attributes =
    [
        "alt", "colspan", "datetime", "height", "href", "id", "lang", "reversed", "rowspan", "scope", "span", "src",
        "start", "title", "width",
    ];

    private static readonly string[] EmbeddedTypes = ["png", "jpeg", "gif", "webp", "avif"];

    // Dropped with what they hold; of other tags that are not allowed (span, div, font, o:p) the content stays.
    private const string DroppedWithContent =
        "script, style, template, noscript, iframe, frame, frameset, noframes, object, embed, applet, svg, math, head,"
        + " title, canvas, audio, video, xmp, plaintext, listing, noembed";

    // Ids of articles get a prefix: they must not meet ours, nor name something that scripts look up by name.
    private const string IdPrefix = "bai-";

    private readonly HtmlSanitizer _sanitizer = CreateSanitizer();

    /// <summary>Changes <paramref name="content"/> in place; the answer is its inner HTML.</summary>
    public string Sanitize(IHtmlDocument document, IHtmlElement content)
    {
        // Styles of the head too: the sanitiser would read them, in the square of their length (1.8 MB: 64 s).
        foreach (var element in document.QuerySelectorAll("style").Concat(content.QuerySelectorAll(DroppedWithContent)).ToList())
        {
            element.Remove();
        }

        foreach (var comment in content.Descendants<IComment>().ToList())
        {
            comment.Remove();
        }

        LowerHeadings(document, content);
        UnwrapLinks(content);
        KeepTargets(content);
        _sanitizer.SanitizeDom(document, content);
        foreach (var image in content.QuerySelectorAll<IHtmlImageElement>("img").ToList())
        {
            KeepOwnPicture(image);
        }

        foreach (var link in content.QuerySelectorAll("a[href]"))
        {
            link.SetAttribute("href", AddressOf(link.GetAttribute("href")!));
        }

        PrefixIds(content);
        RemoveEmptyParagraphs(content);
        MakeTablesScroll(document, content);

        // The letter itself is shorter than its name, and found when somebody searches the page's source.
        return content.InnerHtml.Replace("&nbsp;", "\u00A0", StringComparison.Ordinal).Trim();
    }

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Tags.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = Attributes.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(["https", "http", "mailto", "tel", "data"], StringComparer.OrdinalIgnoreCase),
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

    /// <summary>The page's h1 is the title, so the article's headings are h2 to h4.</summary>
    private static void LowerHeadings(IHtmlDocument document, IElement content)
    {
        foreach (var heading in content.QuerySelectorAll("h1, h5, h6").ToList())
        {
            var replacement = document.CreateElement(heading.LocalName == "h1" ? "h2" : "h4");
            replacement.Append([.. heading.ChildNodes]);
            heading.Replace(replacement);
        }
    }

    /// <summary>Google Docs leads every link over itself, which tells it who reads what.</summary>
    private static void UnwrapLinks(IElement content)
    {
        const string Redirect = "https://www.google.com/url?";
        foreach (var link in content.QuerySelectorAll($"a[href^='{Redirect}']"))
        {
            var query = QueryHelpers.ParseQuery(link.GetAttribute("href")![Redirect.Length..]);
            if (query.TryGetValue("q", out var target) && target.ToString().StartsWith("http", StringComparison.OrdinalIgnoreCase))
            {
                link.SetAttribute("href", target.ToString());
            }
        }
    }

    /// <summary>Word names what its footnotes and contents lead to by <c>name</c>, and may give one place several names.</summary>
    private static void KeepTargets(IElement content)
    {
        var wanted = content.QuerySelectorAll("a[href^='#']").Select(link => link.GetAttribute("href")![1..]).ToHashSet();
        foreach (var anchor in content.QuerySelectorAll("a[name]:not([id])"))
        {
            // Each target once: an id that stands there twice is no HTML.
            if (wanted.Remove(anchor.GetAttribute("name")!))
            {
                anchor.Id = anchor.GetAttribute("name");
            }
        }
    }

    /// <summary>A picture from container <c>media</c> or embedded in the file; others become their description.</summary>
    private static void KeepOwnPicture(IHtmlImageElement image)
    {
        var reference = image.GetAttribute("src");
        var source = IsEmbeddedPicture(reference) ? reference : MediaAddress.FromPicture(reference);
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

    /// <summary>Editors link to files as they lie in their folder: <c>bai-khac.html</c>, <c>media/mau-don.pdf</c>.</summary>
    private static string AddressOf(string reference)
    {
        var end = reference.IndexOfAny(['#', '?']);
        var (file, rest) = end < 0 ? (reference, "") : (reference[..end], reference[end..]);
        return Slug.FromBlobName(file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file) is { } slug
            ? ArticleSummary.PathOf(slug) + rest.Replace("#", "#" + IdPrefix, StringComparison.Ordinal)
            : MediaAddress.FromReference(reference) ?? reference;
    }

    private static bool IsEmbeddedPicture(string? reference) =>
        reference is not null
        && EmbeddedTypes.Any(type => reference.StartsWith($"data:image/{type};base64,", StringComparison.OrdinalIgnoreCase));

    private static void PrefixIds(IElement content)
    {
        foreach (var element in content.QuerySelectorAll("[id]"))
        {
            element.Id = IdPrefix + element.Id;
        }

        foreach (var link in content.QuerySelectorAll("a[href^='#']"))
        {
            link.SetAttribute("href", "#" + IdPrefix + link.GetAttribute("href")![1..]);
        }
    }

    /// <summary>Word processors make distance with empty paragraphs; the stylesheet makes it here.</summary>
    private static void RemoveEmptyParagraphs(IElement content)
    {
        foreach (var element in content.QuerySelectorAll("p, h2, h3, h4").Reverse().ToList())
        {
            if (string.IsNullOrWhiteSpace(element.TextContent) && element.QuerySelector("img") is null)
            {
                element.Remove();
            }
        }
    }

    /// <summary>A wide table scrolls in its own box, which the keyboard reaches too (WCAG 2.1.1).</summary>
    private static void MakeTablesScroll(IHtmlDocument document, IElement content)
    {
        foreach (var table in content.QuerySelectorAll("table").Where(table => table.ParentElement?.Closest("table") is null).ToList())
        {
            var box = document.CreateElement("div");
            box.ClassName = "table-scroll";
            box.SetAttribute("tabindex", "0");
            box.SetAttribute("role", "region");
            box.SetAttribute("aria-label", table.QuerySelector("caption")?.TextContent.Trim() is { Length: > 0 } name ? name : "Bảng");
            table.Replace(box);
            box.AppendChild(table);
        }
    }
}
