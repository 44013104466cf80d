using System.Text.Encodings.Web;
using PhucThuan.Portal.Articles.Lists;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>The page of an article, and what it was made of beside the article's file.</summary>
/// <param name="MissingPictures">Addresses of pictures that had not been uploaded.</param>
/// <param name="Files">The files that it links to.</param>
/// <param name="Notices">The banners that it shows.</param>
/// <param name="HasEnded">Whether it says that the matter is over.</param>
public sealed record RenderedArticle(
    EncodedBody Body,
    IReadOnlyList<string> MissingPictures,
    IReadOnlyList<MediaFile> Files,
    SiteNoticeList Notices,
    bool HasEnded);

/// <summary>Renders the page of an article or a draft.</summary>
public sealed class ArticleRenderer(
    ArticlePictures pictures,
    PictureSizes sizes,
    ArticleAttachments attachments,
    PageRenderer renderer,
    SiteNotices notices,
    TimeProvider clock)
{
    /// <param name="isDraft">The page then has no address of its own, is not indexed and counts no visit.</param>
    public async Task<RenderedArticle> RenderAsync(
        Article article, ArticleContext around, bool isDraft, CancellationToken cancellationToken)
    {
        using var span = PortalActivities.StartStep("render");
        article = article with { Summary = around.Name(article.Summary) };
        var (body, files) = await attachments.ApplyAsync(article.Body, cancellationToken);
        var text = await pictures.ApplyAsync(body, article.Cover is null, cancellationToken);
        var cover = await pictures.ApplyAsync(
            article.Cover is null ? "" : Picture(article.Cover), startsPage: true, cancellationToken);
        var (related, sizesOfRelated) = await sizes.FindForAsync(around.Related, cancellationToken);
        var present = notices.Current;
        var hasEnded = article.Summary.Steering.HasEndedAt(clock.GetUtcNow());
        var page = await renderer.RenderAsync<ArticleDocument>(new()
        {
            [nameof(ArticleDocument.Article)] = article,
            [nameof(ArticleDocument.Text)] = ArticleSections.Of(text.Body),
            [nameof(ArticleDocument.Pictures)] = sizesOfRelated,
            [nameof(ArticleDocument.Cover)] = article.Cover is null ? null : cover.Body,
            [nameof(ArticleDocument.Attachments)] = files,
            [nameof(ArticleDocument.HasEnded)] = hasEnded,
            [nameof(ArticleDocument.IsDraft)] = isDraft,
            [nameof(ArticleDocument.Context)] = around with { Related = related },
        });
        return new(
            page, [.. text.Missing, .. cover.Missing], [.. files.Select(attachment => attachment.File)], present,
            hasEnded);
    }

    /// <summary>Whether the page would be another one now, though article and neighbours are the same.</summary>
    public async Task<bool> HasChangedAsync(
        RenderedArticle page, ArticleSummary article, CancellationToken cancellationToken) =>
        IsOutdated(page, article)
        || await pictures.HaveComeAsync(page.MissingPictures, cancellationToken)
        || await attachments.HaveChangedAsync(page.Files, cancellationToken);

    /// <summary>Whether time or another article has changed the page: what readers must not get any more.</summary>
    public bool IsOutdated(RenderedArticle page, ArticleSummary article) =>
        page.Notices != notices.Current || page.HasEnded != article.Steering.HasEndedAt(clock.GetUtcNow());

    /// <summary>Its meaning is in the title.</summary>
    private static string Picture(string address) =>
        $"<img src=\"{HtmlEncoder.Default.Encode(address)}\" alt=\"\" decoding=\"async\">";
}
