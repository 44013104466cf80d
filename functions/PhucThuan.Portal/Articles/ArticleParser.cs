using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PhucThuan.Portal.Articles;

/// <summary>
/// Makes an <see cref="Article"/> of an editor's file. Files of word processors have no <c>&lt;article&gt;</c>, often
/// no title and rarely any metadata, so everything but the text has something to fall back on.
/// </summary>
public sealed class ArticleParser(ArticleSanitizer sanitizer)
{
    // What LibreOffice and Dublin Core call what we call date.
    private static readonly string[] DateNames = ["date", "dcterms.created", "dcterms.date", "created"];

    private readonly HtmlParser _parser = new();

    /// <param name="slug">The article's slug, its title when the file has none.</param>
    /// <param name="file">The bytes of the file, in any encoding that <see cref="ArticleText"/> knows.</param>
    /// <param name="uploaded">The date of an article that tells none.</param>
    public Article Parse(string slug, ReadOnlySpan<byte> file, DateTimeOffset uploaded)
    {
        using var document = _parser.ParseDocument(MarkupLimit.Apply(ArticleText.Decode(file)));
        var content = document.QuerySelector<IHtmlElement>("article") ?? document.Body!;
        var title = FindTitle(document, content) ?? slug.Replace('-', ' ');
        RemoveRepeatedTitle(content, title);
        StyledText.Apply(document, content);
        var body = sanitizer.Sanitize(document, content);
        var description = Meta(document, "description");
        var image = MediaAddress.FromPicture(Meta(document, "image"));
        var summary = new ArticleSummary(
            slug,
            title,
            DateNames.Select(name => ArticleDate.Parse(Meta(document, name))).FirstOrDefault(date => date is not null) ?? uploaded,
            uploaded,
            Meta(document, "author"),
            Meta(document, "category"),
            description ?? ArticleExcerpt.Text(content),
            image ?? ArticleExcerpt.Picture(content));
        return new Article(
            summary,
            description is null || ArticleExcerpt.HasText(content, description) ? null : description,
            image is null || ArticleExcerpt.HasPicture(content, image) ? null : image,
            Meta(document, "source"),
            Meta(document, "keywords"),
            body);
    }

    private static string? FindTitle(IDocument document, IElement content) =>
        PlainText.OneLine(document.Title) ?? PlainText.OneLine(FirstHeading(content)?.TextContent);

    /// <summary>What Google Docs and Word call title is a paragraph of that class.</summary>
    private static IElement? FirstHeading(IElement content) => content.QuerySelector("h1, p.title, p.MsoTitle");

    /// <summary>The page shows the title above the text; editors often put it into the text as well.</summary>
    private static void RemoveRepeatedTitle(IElement content, string title)
    {
        var heading = FirstHeading(content);
        if (string.Equals(PlainText.OneLine(heading?.TextContent), title, StringComparison.OrdinalIgnoreCase))
        {
            heading!.Remove();
        }
    }

    private static string? Meta(IDocument document, string name) =>
        PlainText.OneLine(document.QuerySelectorAll("meta[name]")
            .FirstOrDefault(meta => string.Equals(meta.GetAttribute("name"), name, StringComparison.OrdinalIgnoreCase))
            ?.GetAttribute("content"));
}
