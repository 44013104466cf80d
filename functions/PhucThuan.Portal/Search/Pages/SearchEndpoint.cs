using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Articles.Lists;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Media.Pictures;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Search.Pages;

/// <summary>Serves <c>/tim-kiem?q=&amp;chuyen-muc=&amp;nam=&amp;trang=</c>.</summary>
public sealed class SearchEndpoint(
    ArticleSearch search, CatalogueCache catalogues, PictureSizes sizes, PageRenderer renderer)
{
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (Paging.ReadNumber(request) is not { } number)
        {
            return PortalError.NotFound;
        }

        var query = SearchQuery.Parse(request.Query[SearchForm.QueryParameter].ToString()) with
        {
            Filter = SearchFilter.Read(request.Query),
        };
        var result = query.Words.Count == 0
            ? new SearchResult(new(query, [], 0), 0)
            : await search.SearchAsync(query, (number - 1) * Paging.Size, Paging.Size, cancellationToken);
        if (Paging.Of(PathOf(query), number, result.Hits.Count) is not { } page)
        {
            return PortalError.NotFound;
        }

        var articles = await catalogues.TryGetAsync(cancellationToken);
        var (found, pictures) = await sizes.FindForAsync(
            result.Hits.Page.Select(hit => SummaryOf(hit, articles)), cancellationToken);
        var results = result.Hits.Page.Zip(found, (hit, article) => new FoundArticle(hit, article)).ToList();
        var body = await renderer.RenderOnceAsync<SearchDocument>(new()
        {
            [nameof(SearchDocument.Query)] = result.Hits.Query,
            [nameof(SearchDocument.Result)] = result,
            [nameof(SearchDocument.Found)] = results,
            [nameof(SearchDocument.Articles)] = articles,
            [nameof(SearchDocument.Pictures)] = pictures,
            [nameof(SearchDocument.Page)] = page,
        });
        return new EncodedResult(
            body,
            PageRenderer.ContentType,
            LastModified: null,
            result.Missing > 0 ? CachePolicy.Never : CachePolicy.Page);
    }

    /// <summary>
    /// Falls back to the index when the article was removed from the catalogue or storage is unavailable.
    /// </summary>
    private static ArticleSummary SummaryOf(SearchHit hit, PublishedArticles? articles) =>
        articles?.Find(hit.Slug) ?? new(hit.Slug, hit.Title, hit.Published, hit.Published, null, null, null, null);

    private static string PathOf(SearchQuery query) => SearchForm.PathOf(query.Text) + query.Filter.ToParameters();
}
