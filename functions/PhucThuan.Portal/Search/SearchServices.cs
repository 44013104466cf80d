using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Portal.Search.Pages;

namespace PhucThuan.Portal.Search;

/// <summary>Registers the search.</summary>
internal static class SearchServices
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<SearchIndexBlob>()
        .AddSingleton<ArticleSearch>()
        .AddSingleton<SearchEndpoint>();
}
