using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Editors;

/// <summary>
/// An answer behind a capability link: not cached, not indexed, and its address is not passed on as a referrer
/// (W3C, Good Practices for Capability URLs).
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
