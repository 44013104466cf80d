using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles.Markup;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>A heading of an article.</summary>
/// <param name="Parts">Subheadings.</param>
public sealed record ArticleSection(string Id, string Title, IReadOnlyList<ArticleSection> Parts);

/// <summary>The body of an article with linkable headings, its table of contents and its reading time.</summary>
/// <param name="Contents">Empty for an article with few headings.</param>
/// <param name="Minutes">Reading time without tables, at least 1.</param>
public sealed record ArticleSections(string Body, IReadOnlyList<ArticleSection> Contents, int Minutes)
{
    /// <summary>Articles with fewer headings need no table of contents.</summary>
    private const int MinHeadings = 4;

    /// <summary>With more headings, the table of contents omits subheadings.</summary>
    private const int MaxHeadings = 30;

    /// <summary>Vietnamese words are syllables; a practised reader reads about 250 per minute.</summary>
    private const int WordsPerMinute = 180;

    // Editors' ids also begin with "bai-"; no id of the page itself begins with "bai-muc-".
    private const string IdPrefix = "bai-muc-";

    public static ArticleSections Of(string body)
    {
        using var document = new HtmlParser().ParseDocument(body);
        var headings = document.QuerySelectorAll("h2, h3, h4")
            .Where(heading => heading.Closest("table, blockquote, details, figure") is null)
            .Select(heading => (Element: heading, Title: PlainText.OneLine(heading.TextContent)))
            .Where(heading => heading.Title is not null)
            .ToList();
        var ids = document.QuerySelectorAll("[id]").Select(element => element.Id!).ToHashSet();
        foreach (var (heading, title) in headings)
        {
            if (string.IsNullOrEmpty(heading.Id))
            {
                heading.Id = Choose(title!, ids);
            }

            LinkToItself(document, heading);
        }

        var words = CountWords(document.Body!);
        return new(
            headings.Count == 0 ? body : BodyHtml.Of(document.Body!),
            headings.Count < MinHeadings ? [] : Nest(headings!),
            Math.Max(1, (int)Math.Round((double)words / WordsPerMinute)));
    }

    /// <summary>Omits tables, in which readers look up single rows.</summary>
    private static int CountWords(IHtmlElement body) =>
        VietnameseText.Words().Count(body.TextContent)
        - body.QuerySelectorAll("table:not(table table)")
            .Sum(table => VietnameseText.Words().Count(table.TextContent));

    private static string Choose(string title, HashSet<string> taken)
    {
        var name = IdPrefix + (Slug.FromText(title) ?? "khac");
        var id = name;
        for (var number = 2; !taken.Add(id); number++)
        {
            id = $"{name}-{number}";
        }

        return id;
    }

    /// <summary>
    /// Adds a link whose address readers can copy. The style sheet adds its symbol, so that the heading's text does not
    /// change.
    /// </summary>
    private static void LinkToItself(IHtmlDocument document, IElement heading)
    {
        var link = document.CreateElement("a");
        link.ClassName = "here";
        link.SetAttribute("href", "#" + heading.Id);
        link.SetAttribute("lang", "vi");
        link.SetAttribute("aria-label", "Liên kết đến mục này");
        heading.AppendChild(link);
    }

    private static List<ArticleSection> Nest(List<(IElement Element, string Title)> headings)
    {
        var sections = new List<(ArticleSection Section, List<ArticleSection> Parts)>();
        foreach (var (heading, title) in headings)
        {
            var parts = new List<ArticleSection>();
            var section = new ArticleSection(heading.Id!, title, parts);
            if (heading.LocalName == "h2" || sections.Count == 0)
            {
                sections.Add((section, parts));
            }
            else if (headings.Count <= MaxHeadings)
            {
                sections[^1].Parts.Add(section);
            }
        }

        return sections.ConvertAll(section => section.Section);
    }
}
