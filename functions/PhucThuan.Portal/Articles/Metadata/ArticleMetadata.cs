using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Metadata;

/// <summary>
/// Metadata from the head of a file, without properties that programs write automatically.
/// </summary>
/// <param name="Published">Null without a date.</param>
/// <param name="PageTitle">
/// Title of a saved page for social networks (<c>og:title</c>), without the site's name.
/// </param>
/// <param name="ProgramAuthor">
/// Name of a user account, which LibreOffice and content management systems write as author; not shown.
/// </param>
internal sealed record ArticleMetadata(
    DateTimeOffset? Published,
    string? Author,
    string? Category,
    string? Description,
    string? Image,
    string? Source,
    string? Keywords,
    string? PageTitle,
    string? ProgramAuthor)
{
    // In order of precedence. Creation dates (created, dcterms.created, dcterms.issued) are not listed, because
    // programs write them.
    private static readonly string[] DateNames =
    [
        "date", "ngay-dang", "ngày đăng", "dcterms.date", "dc.date", "article:published_time", "og:published_time",
        "datepublished", "pubdate", "publishdate",
        "publish-date", "publish_date", "published", "sailthru.date", ShownDate,
    ];

    /// <summary>Name of a date that <see cref="PageCredits"/> has extracted from the text of a saved page.</summary>
    public const string ShownDate = "shown-date";

    private const string OfficePrograms =
        "meta[name=generator i][content*=LibreOffice i], meta[name=generator i][content*=OpenOffice i],"
        + " meta[name=generator i][content*=Word i], meta[name=generator i][content*=Excel i], meta[name=generator "
        + "i][content*=WPS i]";

    /// <exception cref="NotAnArticleException">The publication date is invalid.</exception>
    public static ArticleMetadata Of(IDocument document)
    {
        var (author, programAuthor) = AuthorOf(document);
        return new ArticleMetadata(
            PublishedOf(document),
            author,
            Meta(document, "category"),
            Meta(document, "description") ?? Meta(document, "og:description"),
            Meta(document, "image"),
            Meta(document, "source"),
            Meta(document, "keywords"),
            Meta(document, "og:title"),
            programAuthor);
    }

    private static DateTimeOffset? PublishedOf(IDocument document)
    {
        var texts = DatesOf(document).ToList();
        var dates = texts.ConvertAll(ArticleDate.Parse);
        if (dates.IndexOf(null) is var unread and >= 0)
        {
            throw new NotAnArticleException(
                $"không đọc được ngày đăng “{texts[unread]}” nên bài được giữ lại, chưa hiện; hãy viết như 20-11-2026 "
                    + $"07:30");
        }

        return dates.Count > 0 ? dates[0] : null;
    }

    /// <summary>The publication dates in the head, in order of precedence.</summary>
    public static IEnumerable<string> DatesOf(IDocument document) =>
        DateNames.SelectMany(name => Metas(document, name));

    /// <summary>
    /// LibreOffice writes the account first, next to its dates; an author added by the editor follows.
    /// </summary>
    private static (string? Author, string? ProgramAuthor) AuthorOf(IDocument document)
    {
        var authors = Metas(document, "author")
            .Concat(
                Metas(document, "article:author").Where(author => !author.Contains("://", StringComparison.Ordinal)))
                    .ToList();
        var isProgram = authors.Count > 0 && document.QuerySelector(OfficePrograms) is not null
            && (Metas(document, "created").Concat(Metas(document, "changed")).Concat(Metas(document, "changedby"))
            .Any());
        return isProgram
            ? (authors.Skip(1).FirstOrDefault(author => author != authors[0]), authors[0])
            : (authors.Find(author => !ArticleAuthor.IsAccount(author)), authors.Find(ArticleAuthor.IsAccount));
    }

    private static string? Meta(IDocument document, string name) => Metas(document, name).FirstOrDefault();

    private static IEnumerable<string> Metas(IDocument document, string name) =>
        document.QuerySelectorAll("meta[content]")
        .Where(
            meta =>
                string.Equals(
                    meta.GetAttribute("name") ?? meta.GetAttribute("property")
                        ?? meta.GetAttribute("itemprop"), name, StringComparison.OrdinalIgnoreCase))
        .Select(meta => PlainText.OneLine(meta.GetAttribute("content")))
        .OfType<string>();
}
