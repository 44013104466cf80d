using Microsoft.AspNetCore.Http;

namespace PhucThuan.Portal.Http;

/// <summary>
/// Redirects permanently (301) to another page of the portal. Cached like a page, because an editor may remove the
/// redirect, and a browser caches a 301 without <c>Cache-Control</c> indefinitely (RFC 9110, 15.4.2).
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
