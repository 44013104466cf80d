using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles.Import;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Reading;

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
    /// <exception cref="NotAnArticleException">The file is of another program, or there is nothing in it.</exception>
    public Article Parse(string slug, ReadOnlySpan<byte> file, DateTimeOffset uploaded)
    {
        var text = ArticleText.Decode(file);
        NotAnArticle.Check(file, text);
        var (html, isExceeded) = MarkupLimit.Apply(text);
        using var document = _parser.ParseDocument(html);
        var content = FindContent(document);
        EditorialMarks.Remove(document, content);
        StyledText.Apply(document, content);
        var title = ArticleTitle.Take(document, content);
        ImportedLists.Apply(document, content);
        EmbeddedMedia.ReplaceWithLinks(document, content);
        var (body, deadLinks) = sanitizer.Sanitize(document, content);
        var isEmpty = string.IsNullOrWhiteSpace(content.TextContent) && content.QuerySelector("img") is null;
        if (isEmpty && title is null)
        {
            throw new NotAnArticleException("tệp trống, không có tiêu đề, chữ hay ảnh nào");
        }

        var dates = DateNames.Select(name => Meta(document, name)).OfType<string>().ToList();
        var published = dates.Select(ArticleDate.Parse).FirstOrDefault(date => date is not null);
        var description = Meta(document, "description");
        var image = MediaAddress.FromFile(Meta(document, "image"));
        var summary = new ArticleSummary(
            slug,
            title ?? slug.Replace('-', ' '),
            published ?? uploaded,
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
            [.. ArticleRemarks.Of(content, isExceeded, isEmpty, published is null ? dates : [], deadLinks)],
            body);
    }

    /// <summary>An article of a page that was saved from elsewhere has menus around it; a file of several articles is one text.</summary>
    private static IHtmlElement FindContent(IHtmlDocument document) =>
        document.QuerySelectorAll<IHtmlElement>("article").ToList() is [var article] ? article : (IHtmlElement)document.Body!;

    private static string? Meta(IDocument document, string name) =>
        PlainText.OneLine(document.QuerySelectorAll("meta[name]")
            .FirstOrDefault(meta => string.Equals(meta.GetAttribute("name"), name, StringComparison.OrdinalIgnoreCase))
            ?.GetAttribute("content"));
}
