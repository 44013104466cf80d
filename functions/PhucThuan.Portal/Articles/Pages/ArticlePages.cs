using System.Text.Encodings.Web;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Markup;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>
/// Serves <c>/bai-viet/{slug}</c>. A page is rendered and compressed once for each version of its blob and kept in
/// memory; the blob is asked again in the background while readers get the page that is there. While storage is
/// away, pages that were seen stay.
/// </summary>
public sealed class ArticlePages(
    ArticleReader reader,
    ArticlePictures pictures,
    PageRenderer renderer,
    CatalogueCache catalogues,
    TimeProvider clock,
    [FromKeyedServices(ArticlePages.CacheName)] IFusionCache cache,
    IOptions<ArticleOptions> options)
{
    public const string CacheName = "article-pages";

    // Bytes of memory for a name that no article has; 1.2 KB were measured.
    private const int MissSize = 1280;

    public async Task<IResult> GetAsync(string slug, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is { } page)
        {
            return new EncodedResult(page.Body, PageRenderer.ContentType, page.LastModified, CachePolicy.Page);
        }

        if (MisspeltAddress.Correct(slug) is { } correct && await ExistsAsync(correct, cancellationToken))
        {
            return TypedResults.LocalRedirect(ArticleSummary.PathOf(correct), permanent: true);
        }

        return Slug.IsValid(slug) && await catalogues.TryGetAsync(cancellationToken) is { } articles && articles.IsRemoved(slug)
            ? PortalError.Gone
            : PortalError.NotFound;
    }

    /// <summary>
    /// Whether there is such an article and its time has come. The catalogue knows most without reading and rendering; what
    /// it does not know may have been uploaded a moment ago.
    /// </summary>
    public async Task<bool> ExistsAsync(string slug, CancellationToken cancellationToken) =>
        (Slug.IsValid(slug) && await catalogues.TryGetAsync(cancellationToken) is { } articles && articles.Contains(slug))
        || await FindAsync(slug, cancellationToken) is not null;

    /// <summary>Null when there is no such article.</summary>
    public async Task<string?> FindTitleAsync(string slug, CancellationToken cancellationToken) =>
        (await FindAsync(slug, cancellationToken))?.Summary.Title;

    /// <summary>Makes the next reader wait for the present version. For a preview of what was just saved.</summary>
    public ValueTask ForgetAsync(string slug) => cache.RemoveAsync(slug);

    private async ValueTask<ArticlePage?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var page = Slug.IsValid(slug) ? await GetOrReadAsync(slug, cancellationToken) : null;
        return page?.Summary.Published <= clock.GetUtcNow() ? page : null;
    }

    private ValueTask<ArticlePage?> GetOrReadAsync(string slug, CancellationToken cancellationToken) =>
        cache.GetOrSetAsync<ArticlePage?>(
            slug,
            (context, token) => RefreshAsync(slug, context, token),
            CachePolicy.ForStorage(options.Value.FreshSeconds),
            cancellationToken);

    private async Task<ArticlePage?> RefreshAsync(
        string slug, FusionCacheFactoryExecutionContext<ArticlePage?> context, CancellationToken cancellationToken)
    {
        var known = context.StaleValue.GetValueOrDefault();
        var around = await catalogues.TryGetAsync(cancellationToken) is { } articles
            ? ArticleContext.Of(slug, articles)
            : known?.Context ?? ArticleContext.None;
        var isSame = known?.Context.IsSameAs(around) == true && !await pictures.HaveComeAsync(known.MissingPictures, cancellationToken);
        var version = isSame ? known!.BlobETag : (ETag?)null;
        var read = await reader.ReadAsync(slug, version, cancellationToken);
        if (read.IsNotModified)
        {
            context.Options.Size = known!.Body.Size;
            return context.NotModified();
        }

        if (read.Version is not { Article: var article } present)
        {
            // Gone again in seconds: whoever tries names must not fill the memory that pages need.
            context.Options
                .SetSize(MissSize)
                .SetDuration(TimeSpan.FromSeconds(options.Value.FreshSeconds))
                .SetFailSafe(isEnabled: false)
                .SetPriority(CacheItemPriority.Low);
            return null;
        }

        article = article with { Summary = around.Name(article.Summary) };
        var text = await pictures.ApplyAsync(article.Body, cancellationToken);
        var cover = await pictures.ApplyAsync(article.Cover is null ? "" : Picture(article.Cover), cancellationToken);
        var body = await renderer.RenderAsync<ArticleDocument>(new()
        {
            [nameof(ArticleDocument.Article)] = article with { Body = text.Body },
            [nameof(ArticleDocument.Cover)] = article.Cover is null ? null : cover.Body,
            [nameof(ArticleDocument.Context)] = around,
        });
        context.Options.Size = body.Size;

        // Not the blob's date: the links to other articles change without it.
        return new ArticlePage(
            present.ETag, clock.GetUtcNow(), article.Summary, around, [.. text.Missing, .. cover.Missing], body);
    }

    /// <summary>What a reader waits for: not lazy, and ahead of other pictures. Its meaning is in the title.</summary>
    private static string Picture(string address) =>
        $"<img src=\"{HtmlEncoder.Default.Encode(address)}\" alt=\"\" fetchpriority=\"high\" decoding=\"async\">";

    /// <param name="MissingPictures">Addresses of pictures that had not been uploaded when it was rendered.</param>
    private sealed record ArticlePage(
        ETag BlobETag,
        DateTimeOffset LastModified,
        ArticleSummary Summary,
        ArticleContext Context,
        IReadOnlyList<string> MissingPictures,
        EncodedBody Body);
}
