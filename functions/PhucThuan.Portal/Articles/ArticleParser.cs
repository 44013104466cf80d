using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Articles.Import;

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
        var (html, isExceeded) = MarkupLimit.Apply(ArticleText.Decode(file));
        using var document = _parser.ParseDocument(html);
        var content = FindContent(document);
        EditorialMarks.Remove(document, content);
        StyledText.Apply(document, content);
        var title = ArticleTitle.Take(document, content) ?? slug.Replace('-', ' ');
        ImportedLists.Apply(document, content);
        EmbeddedMedia.ReplaceWithLinks(document, content);
        var body = sanitizer.Sanitize(document, content);

        var dates = DateNames.Select(name => Meta(document, name)).OfType<string>().ToList();
        var published = dates.Select(ArticleDate.Parse).FirstOrDefault(date => date is not null);
        var description = Meta(document, "description");
        var image = MediaAddress.FromFile(Meta(document, "image"));
        var summary = new ArticleSummary(
            slug,
            title,
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
            [.. Remarks(isExceeded, published is null ? dates : [])],
            body);
    }

    /// <summary>An article of a page that was saved from elsewhere has menus around it; a file of several articles is one text.</summary>
    private static IHtmlElement FindContent(IHtmlDocument document) =>
        document.QuerySelectorAll<IHtmlElement>("article").ToList() is [var article] ? article : (IHtmlElement)document.Body!;

    private static IEnumerable<string> Remarks(bool isExceeded, IReadOnlyList<string> unreadDates)
    {
        if (isExceeded)
        {
            yield return $"it has more than {MarkupLimit.MaxTags:N0} tags, or they are nested more than {MarkupLimit.MaxDepth} deep: its text is shown without any";
        }

        foreach (var date in unreadDates)
        {
            yield return $"'{date}' is no date that is known, the time of the upload is shown; write it as 20-11-2026 07:30";
        }
    }

    private static string? Meta(IDocument document, string name) =>
        PlainText.OneLine(document.QuerySelectorAll("meta[name]")
            .FirstOrDefault(meta => string.Equals(meta.GetAttribute("name"), name, StringComparison.OrdinalIgnoreCase))
            ?.GetAttribute("content"));
}
