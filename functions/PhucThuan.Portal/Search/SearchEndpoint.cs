using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Articles.Catalogues;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Site;
using PhucThuan.Portal.Site.Errors;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Search;

/// <summary>Serves <c>/tim-kiem?q=&amp;trang=</c>.</summary>
public sealed class SearchEndpoint(ArticleSearch search, CatalogueCache catalogues, PageRenderer renderer)
{
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (Paging.ReadNumber(request) is not { } number)
        {
            return PortalError.NotFound;
        }

        var query = SearchQuery.Parse(request.Query[SearchForm.QueryParameter].ToString());
        var result = query.Words.Count == 0
            ? new SearchResult(new(query, [], 0), 0)
            : await search.SearchAsync(query, (number - 1) * Paging.Size, Paging.Size, cancellationToken);
        if (Paging.Of(PathOf(query), number, result.Hits.Count) is not { } page)
        {
            return PortalError.NotFound;
        }

        var body = await renderer.RenderOnceAsync<SearchDocument>(new()
        {
            [nameof(SearchDocument.Query)] = result.Hits.Query,
            [nameof(SearchDocument.Result)] = result,
            [nameof(SearchDocument.Articles)] = await catalogues.TryGetAsync(cancellationToken),
            [nameof(SearchDocument.Page)] = page,
        });
        return new EncodedResult(body, PageRenderer.ContentType, LastModified: null, CachePolicy.Page);
    }

    private static string PathOf(SearchQuery query) =>
        $"{SitePaths.Search}?{SearchForm.QueryParameter}={Uri.EscapeDataString(query.Text)}";
}
