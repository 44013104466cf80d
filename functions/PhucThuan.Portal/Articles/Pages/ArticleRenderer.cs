using System.Text.Encodings.Web;
using PhucThuan.Portal.Articles.Lists;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>A rendered article page and its inputs besides the article's file, to detect changes.</summary>
/// <param name="MissingPictures">Addresses of pictures that were not in container <c>media</c>.</param>
/// <param name="Files">Linked files.</param>
/// <param name="Notices">Banners on the page.</param>
/// <param name="HasEnded">True when the page shows that the matter is over.</param>
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
    /// <param name="isDraft">True for a page without canonical address and visit count, which is not indexed.</param>
    public async Task<RenderedArticle> RenderAsync(
        Article article, ArticleContext around, bool isDraft, CancellationToken cancellationToken)
    {
        using var span = PortalActivities.StartStep("render");
        article = article with { Summary = around.WithListSpelling(article.Summary) };
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

    /// <summary>True when an input besides the article and its context has changed: banners, pictures, files.</summary>
    public async Task<bool> HasChangedAsync(
        RenderedArticle page, ArticleSummary article, CancellationToken cancellationToken) =>
        IsOutdated(page, article)
        || await pictures.AreAvailableAsync(page.MissingPictures, cancellationToken)
        || await attachments.HaveChangedAsync(page.Files, cancellationToken);

    /// <summary>True when banners or the expiry have changed, so that the page must not be served.</summary>
    public bool IsOutdated(RenderedArticle page, ArticleSummary article) =>
        page.Notices != notices.Current || page.HasEnded != article.Steering.HasEndedAt(clock.GetUtcNow());

    /// <summary>The alternative text is empty, because the title describes the picture.</summary>
    private static string Picture(string address) =>
        $"<img src=\"{HtmlEncoder.Default.Encode(address)}\" alt=\"\" decoding=\"async\">";
}
