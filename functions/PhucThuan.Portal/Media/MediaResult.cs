using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Media;

/// <summary>
/// A file of container <c>media</c> with the headers that describe it. Conditions and ranges are left to the framework's own
/// result, what it says of them (304, 412, 416) is not the file.
/// </summary>
internal sealed record MediaResult(IResult File, string Disposition, string CacheControl) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        if (!HttpMethods.IsGet(request.Method))
        {
            // It has a meaning for GET alone (RFC 9110, 14.2); the framework heeds it for HEAD too.
            request.Headers.Range = default;
        }

        response.Headers.CacheControl = CacheControl;
        response.Headers.ContentDisposition = Disposition;
        await File.ExecuteAsync(httpContext);
        if (response.StatusCode >= StatusCodes.Status300MultipleChoices)
        {
            response.Headers.ContentDisposition = default;
        }

        if (response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            response.Headers.CacheControl = CachePolicy.Never;
        }
    }
}
