using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles.Markup;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>A heading of an article.</summary>
/// <param name="Parts">Headings of lower levels up to the next section.</param>
public sealed record ArticleSection(string Id, string Title, IReadOnlyList<ArticleSection> Parts);

/// <summary>The body of an article with a link to each section.</summary>
/// <param name="Contents">Empty for an article with few headings.</param>
/// <param name="Minutes">Time to read the text outside of tables, at least 1.</param>
public sealed record ArticleSections(string Body, IReadOnlyList<ArticleSection> Contents, int Minutes)
{
    /// <summary>Fewer headings are seen at a glance.</summary>
    private const int MinHeadings = 4;

    /// <summary>With more headings, the contents have sections only.</summary>
    private const int MaxHeadings = 30;

    /// <summary>Words are syllables in Vietnamese; a practised reader manages about 250.</summary>
    private const int WordsPerMinute = 180;

    // Ids of editors begin with "bai-" too, and none of the page's own continues like this.
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

    /// <summary>Readers look up a line of a table and do not read all of it.</summary>
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
    /// Adds a link whose address readers can copy. Its sign comes from the style sheet: the text of the heading stays
    /// what it is.
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
