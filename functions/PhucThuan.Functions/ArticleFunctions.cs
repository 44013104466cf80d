using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PhucThuan.Portal.Articles.Lists;
using PhucThuan.Portal.Articles.Pages;
using PhucThuan.Portal.Media;
using PhucThuan.Portal.Site.Errors;

namespace PhucThuan.Functions;

/// <summary>Pages for readers, and media files.</summary>
public sealed class ArticleFunctions(
    ListEndpoint lists, ArticleEndpoint articles, ArticlePictureEndpoint pictures, MediaFiles media)
{
    // Matches only the empty path. Route "/" would break every HTTP function; "" would become the function's name.
    [Function("Home")]
    public Task<IResult> Home(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{ignored:maxlength(0)?}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => lists.GetHomeAsync(request, cancellationToken));

    [Function("Article")]
    public Task<IResult> Article(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "bai-viet/{slug}")] HttpRequest request,
        string slug,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => articles.GetAsync(slug, cancellationToken));

    [Function("ArticlePicture")]
    public Task<IResult> ArticlePicture(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "bai-viet/{slug}/anh")] HttpRequest request,
        string slug,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => pictures.GetAsync(request, slug, cancellationToken));

    [Function("Category")]
    public Task<IResult> Category(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "chuyen-muc/{slug}")] HttpRequest request,
        string slug,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => lists.GetCategoryAsync(request, slug, cancellationToken));

    [Function("Categories")]
    public Task<IResult> Categories(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "chuyen-muc")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => lists.GetCategoriesAsync(cancellationToken));

    [Function("Overview")]
    public Task<IResult> Overview(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "so-do-trang")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => lists.GetOverviewAsync(cancellationToken));

    [Function("Media")]
    public Task<IResult> Media(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "media/{**path}")] HttpRequest request,
        string? path,
        CancellationToken cancellationToken) =>
        Methods.GetOrHead(request, () => media.GetAsync(request, path ?? "", cancellationToken));
}
