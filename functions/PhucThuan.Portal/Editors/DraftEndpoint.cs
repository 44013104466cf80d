using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Pages;
using PhucThuan.Portal.Articles.Reading;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Portal.Editors;

/// <summary>
/// Serves <c>/ban-nhap/{key}/{name}</c>: the preview of a draft. Each draft has its own key, so that its link can be
/// shared without access to the desk. Redirects to the article when the draft was moved to container <c>articles</c>.
/// </summary>
public sealed class DraftEndpoint(
    EditorsKey editors,
    BlobServiceClient blobs,
    ArticleReader reader,
    ArticleRenderer renderer,
    ArticleLookup lookup,
    CatalogueCache catalogues,
    PageRenderer pages)
{
    private readonly BlobContainerClient _drafts = blobs.GetBlobContainerClient(Drafts.ContainerName);
    private readonly BlobContainerClient _articles = blobs.GetBlobContainerClient(ArticleReader.ContainerName);

    public async Task<IResult> GetAsync(string key, string name, CancellationToken cancellationToken)
    {
        if (await editors.DeriveAsync(name, cancellationToken) is not { } expected
            || !EditorsKey.AreEqual(expected, key))
        {
            return PortalError.NotFound;
        }

        var draft = await reader.ReadFileAsync(_drafts, name, cancellationToken);
        if (draft.Exists)
        {
            return await ShowAsync(name, draft, cancellationToken);
        }

        if (ArticleName.Of(name) is { Slug: var slug } && await lookup.ExistsAsync(slug, cancellationToken))
        {
            return new PrivateResult(TypedResults.LocalRedirect(ArticleSummary.PathOf(slug)));
        }

        // The draft was moved, and its publication date is in the future.
        var article = await reader.ReadFileAsync(_articles, name, cancellationToken);
        return article.Exists ? await ShowAsync(name, article, cancellationToken) : PortalError.NotFound;
    }

    private async Task<IResult> ShowAsync(string name, ArticleRead read, CancellationToken cancellationToken)
    {
        var body = read.Version is { Article: var article }
            ? await RenderAsync(article, cancellationToken)
            : await pages.RenderOnceAsync<RefusedDraftDocument>(new()
            {
                [nameof(RefusedDraftDocument.Name)] = name,
                [nameof(RefusedDraftDocument.Reason)] = read.HiddenBecause,
            });
        return new PrivateResult(
            new EncodedResult(body, PageRenderer.ContentType, LastModified: null, CachePolicy.Never));
    }

    private async Task<EncodedBody> RenderAsync(Article article, CancellationToken cancellationToken)
    {
        var around = await catalogues.TryGetAsync(cancellationToken) is { } articles
            ? ArticleContext.Of(article.Summary.Slug, articles)
            : ArticleContext.None;
        return (await renderer.RenderAsync(article, around, isDraft: true, cancellationToken)).Body;
    }
}
