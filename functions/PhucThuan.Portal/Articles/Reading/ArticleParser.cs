using AngleSharp.Html.Dom;
using PhucThuan.Portal.Articles.Characters;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Articles.Import;
using PhucThuan.Portal.Articles.Import.Fonts;
using PhucThuan.Portal.Articles.Import.Limits;
using PhucThuan.Portal.Articles.Import.Lists;
using PhucThuan.Portal.Articles.Import.Privacy;
using PhucThuan.Portal.Articles.Import.Titles;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Metadata;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Reading;

/// <summary>
/// Parses an editor's file into an <see cref="Article"/>. Everything except the text has a fallback, because files from
/// word processors have no <c>&lt;article&gt;</c>, often no title and rarely metadata.
/// </summary>
public sealed class ArticleParser(ArticleSanitizer sanitizer)
{
    /// <param name="name">Fallback for title and category.</param>
    /// <param name="file">Content of the file, in any encoding that <see cref="ArticleText"/> supports.</param>
    /// <param name="uploaded">Fallback for the publication date.</param>
    /// <exception cref="NotAnArticleException">
    /// The file has an unsupported format, is empty, or has an invalid publication date.
    /// </exception>
    public Article Parse(ArticleName name, ReadOnlySpan<byte> file, DateTimeOffset uploaded)
    {
        var remarks = new ArticleRemarks();
        var source = ArticleSource.Read(name.BlobName, file);
        remarks.AddEncoding(source.IsRepaired, source.IsLost);
        var (parsed, isTextOnly) = MarkupLimit.Parse(SourceRepair.Apply(source.Html));
        using var document = parsed;
        FileContent.CheckFrames(document);
        FolderReferences.Rebase(document, name.BlobName);
        var cascade = StyleCascade.Of(document);
        var page = new SavedPage(document);
        var hidden = new HiddenContent(cascade).Remove(document.Body!);
        remarks.AddOmissions(source.Omissions with { Hidden = source.Omissions.Hidden + hidden });
        var content = Import(document, cascade, page, isTextOnly, remarks);
        var unknownNames = MetadataTable.Extract(document, content);
        MetadataNames.Canonicalize(document);
        document.Title = MetadataNames.ValueOf(document, "title") ?? document.Title ?? "";
        var metadata = ArticleMetadata.Of(document);
        ShownMetadata.RemoveRepeated(content, metadata);
        metadata = metadata.Author is null ? metadata with { Author = Byline.Extract(content) } : metadata;
        var title = new ArticleTitle(cascade).Extract(document, content, page.IsSaved ? metadata.PageTitle : null);
        EmbeddedMedia.ReplaceWithLinks(document, content);
        var (body, deadLinks) = sanitizer.Sanitize(document, content, cascade);
        var isEmpty = string.IsNullOrWhiteSpace(content.TextContent) && content.QuerySelector("img") is null;
        if (isEmpty && title is null && MetadataNames.ValueOf(document, "redirect") is null)
        {
            throw new NotAnArticleException("tệp trống, không có tiêu đề, chữ hay ảnh nào");
        }

        remarks.AddResult(isTextOnly, isEmpty, deadLinks, metadata.Author is null ? metadata.ProgramAuthor : null);
        var image = MediaAddress.FromFile(metadata.Image);
        var summary = new ArticleSummary(
            name.Slug,
            title ?? name.Title,
            metadata.Published ?? uploaded,
            uploaded,
            metadata.Author,
            metadata.Category ?? name.Category,
            metadata.Description ?? ArticleExcerpt.Text(content),
            image ?? ArticleExcerpt.Picture(content) ?? EmbeddedPicture.AddressIn(body, name.Slug));
        var (steering, official, steeringRemarks) = SteeringMetadata.Read(document, name.Slug, summary.Published);
        var (language, unread) = ArticleLanguage.Of(document);
        return new Article(
            summary with { Steering = steering, Language = language },
            metadata.Description is null || ArticleExcerpt.HasText(content, metadata.Description)
                ? null
                : metadata.Description,
            image is null || ArticleExcerpt.HasPicture(content, image) ? null : image,
            metadata.Source,
            metadata.Keywords,
            [
                .. source.Remarks,
                .. remarks.ToList(),
                .. unknownNames.Select(unknown => $"bảng thông tin ở đầu bài có mục “{unknown}” mà cổng không hiểu"),
                .. steeringRemarks,
                .. unread is null ? Array.Empty<string>() :
                    [$"language “{unread}” không đọc được nên bài được coi là tiếng Việt; hãy viết như en"],
            ],
            body)
        {
            Notes = remarks.Notes,
            Official = official,
            HasOwnTitle = title is not null,
            HasOwnSummary = metadata.Description is not null,
        };
    }

    /// <summary>Parses a file named <c>{slug}.html</c>.</summary>
    /// <exception cref="NotAnArticleException">
    /// The file has an unsupported format, is empty, or has an invalid publication date.
    /// </exception>
    public Article Parse(string slug, ReadOnlySpan<byte> file, DateTimeOffset uploaded) =>
        Parse(ArticleName.Plain(slug), file, uploaded);

    /// <summary>Converts the markup of programs to plain HTML. Returns the element that contains the text.</summary>
    private static IHtmlElement Import(
        IHtmlDocument document, StyleCascade cascade, SavedPage page, bool isTextOnly, ArticleRemarks remarks)
    {
        remarks.AddOmissions(new EditorialMarks(cascade).Remove(document, document.Body!));
        LibreOfficeFrames.RemoveTitles(document.Body!);
        remarks.AddLegacyFonts(new LegacyFonts(cascade).Convert(document, document.Body!));
        var savedFrom = SavedPage.SavedFrom(document);
        var content = page.FindText(document);
        remarks.AddPage(page.Removed);
        PageCredits.Extract(document, content, page.IsSaved);
        content = isTextOnly ? TextLines.Of(document, content) : content;
        LinkTargets.Resolve(document, content, savedFrom);
        var symbols = new SymbolFonts(cascade);
        new OldElements(document, cascade).Apply(content);
        new ImportedLists(document, cascade, symbols).Apply(content);
        remarks.AddSymbols(symbols.Replace(content));
        CleanCharacters.Apply(content);
        remarks.AddPaths(PrivatePaths.Replace(document, content));
        remarks.AddPictures(PictureSources.Apply(content));
        new StyledText(document, cascade).Apply(content);
        Spreadsheets.Apply(content);
        new Captions(document).Apply(content);
        new BlockLines(document, cascade).Apply(content);
        return content;
    }
}
