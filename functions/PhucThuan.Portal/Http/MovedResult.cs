using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Http;

/// <summary>
/// Leads on to another page of the portal, for good (301). The caching headers are a page's own: an editor may take the
/// redirect back, and a browser would keep a 301 without them for ever (RFC 9110, 15.4.2).
/// </summary>
/// <param name="Path">Begins with a slash.</param>
public sealed record MovedResult(string Path) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = CachePolicy.Page;
        return TypedResults.LocalRedirect(Path, permanent: true).ExecuteAsync(httpContext);
    }
}
