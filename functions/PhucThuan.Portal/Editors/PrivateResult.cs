using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Editors;

/// <summary>
/// A response behind a capability link: not cached, not indexed, and without a referrer for links (W3C, Good Practices
/// for Capability URLs).
/// </summary>
internal sealed record PrivateResult(IResult Inner) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.CacheControl = CachePolicy.Never;
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers["Referrer-Policy"] = "no-referrer";
        return Inner.ExecuteAsync(httpContext);
    }
}
