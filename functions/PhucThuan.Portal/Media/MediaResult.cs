using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Media;

/// <summary>
/// A file of container <c>media</c> with its headers. The framework's result handles conditional and range requests;
/// the headers that describe the file are set only when it is sent, not on 304, 412 and 416.
/// </summary>
/// <param name="Varies">True when the type of the picture depends on <c>Accept</c>.</param>
internal sealed record MediaResult(IResult File, string Disposition, string CacheControl, bool Varies = false) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        if (!HttpMethods.IsGet(request.Method))
        {
            // Range applies to GET only (RFC 9110, 14.2), but the framework applies it to HEAD too.
            request.Headers.Range = default;
        }

        response.Headers.CacheControl = CacheControl;
        response.Headers.ContentDisposition = Disposition;
        if (Varies)
        {
            response.Headers.Vary = HeaderNames.Accept;
        }

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
