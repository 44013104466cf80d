using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Site.Layout;
using ZiggyCreatures.Caching.Fusion;

namespace PhucThuan.Portal.Articles.Lists;

/// <summary>Serves the lists of articles: home page, categories, and the overview of the site.</summary>
public sealed class ListEndpoint(CatalogueResultCache pages, PictureSizes sizes, PageRenderer renderer)
{
    /// <summary>
    /// How long a list is cached that lacks the size of a picture, because storage is slow or the picture has not been
    /// uploaded.
    /// </summary>
    private static readonly TimeSpan PictureRetry = TimeSpan.FromSeconds(10);

    /// <summary><c>/</c> and <c>/?trang=2</c>.</summary>
    public Task<IResult> GetHomeAsync(HttpRequest request, CancellationToken cancellationToken) =>
        GetListAsync(request, "/", articles => (articles.Home, null), cancellationToken);

    /// <summary><c>/chuyen-muc/{slug}</c>.</summary>
    public Task<IResult> GetCategoryAsync(HttpRequest request, string slug, CancellationToken cancellationToken) =>
        MisspeltAddress.Correct(slug) is { } correct
            ? Task.FromResult<IResult>(TypedResults.LocalRedirect(Category.PathOf(correct), permanent: true))
            : GetListAsync(
                request,
                Category.PathOf(slug),
                articles => articles.FindCategory(slug) is { } category ? (category.Articles, category) : null,
                cancellationToken);

    /// <summary><c>/chuyen-muc</c>.</summary>
    public Task<IResult> GetCategoriesAsync(CancellationToken cancellationToken) => pages.GetAsync(
        SitePaths.Categories,
        PageRenderer.ContentType,
        async articles =>
            await RenderAsync<CategoriesDocument>(new() { [nameof(CategoriesDocument.Articles)] = articles }),
        cancellationToken);

    /// <summary><c>/so-do-trang</c>.</summary>
    public Task<IResult> GetOverviewAsync(CancellationToken cancellationToken) => pages.GetAsync(
        "/so-do-trang",
        PageRenderer.ContentType,
        async articles => await RenderAsync<OverviewDocument>(new() { [nameof(OverviewDocument.Articles)] = articles }),
        cancellationToken);

    private Task<IResult> GetListAsync(
        HttpRequest request,
        string path,
        Func<PublishedArticles, (IReadOnlyList<ArticleSummary> List, Category? Category)?> choose,
        CancellationToken cancellationToken)
    {
        if (Paging.ReadNumber(request) is not { } number)
        {
            return Task.FromResult<IResult>(PortalError.NotFound);
        }

        return pages.GetAsync(
            $"{path}?{number}",
            PageRenderer.ContentType,
            async (articles, options) =>
            {
                if (choose(articles) is not var (list, category) || Paging.Of(path, number, list.Count) is not { } page)
                {
                    return null;
                }

                return await RenderAsync(articles, [.. page.Select(list)], category, page, options, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<EncodedBody> RenderAsync(
        PublishedArticles articles, List<ArticleSummary> list, Category? category, Paging page,
        FusionCacheEntryOptions options, CancellationToken cancellationToken)
    {
        var (shown, pictures) = await sizes.FindForAsync(list, cancellationToken);
        if (shown.Any(article => article.Image is { } picture && PictureHeader.IsReadable(picture)
            && !pictures.ContainsKey(picture)))
        {
            options.Duration = PictureRetry;
        }

        return await RenderAsync<ListDocument>(new()
        {
            [nameof(ListDocument.Articles)] = articles,
            [nameof(ListDocument.List)] = shown,
            [nameof(ListDocument.Category)] = category,
            [nameof(ListDocument.Page)] = page,
            [nameof(ListDocument.Pictures)] = pictures,
        });
    }

    private Task<EncodedBody> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent => renderer.RenderAsync<TPage>(parameters);
}
