using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PhucThuan.Portal.Http;

/// <summary>
/// Sends an <see cref="EncodedBody"/> in the encoding that the client prefers. The framework's result handles
/// conditional requests and HEAD.
/// </summary>
/// <param name="LastModified">Null when the body has no date.</param>
/// <param name="CacheControl">Value of the header, which a 304 has too (RFC 9110, 15.4.5).</param>
public sealed record EncodedResult(
    EncodedBody Body, string ContentType, DateTimeOffset? LastModified, string CacheControl) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var representation = Choose(httpContext.Request);
        var headers = httpContext.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = CacheControl;
        if (representation.ContentEncoding is not null)
        {
            headers.ContentEncoding = representation.ContentEncoding;
        }

        // No validators on errors: a conditional request must not turn a 404 into a 304.
        var conditional = httpContext.Response.StatusCode == StatusCodes.Status200OK;
        return TypedResults
            .Bytes(
                representation.Bytes,
                ContentType,
                entityTag: conditional ? new EntityTagHeaderValue(representation.EntityTag) : null,
                lastModified: conditional ? LastModified : null)
            .ExecuteAsync(httpContext);
    }

    /// <summary>
    /// The highest weight wins; at equal weight, the smaller representation (RFC 9110, 12.5.3). When nothing is
    /// acceptable, identity is sent: a page is more useful than a 406.
    /// </summary>
    private Representation Choose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        double Weight(string encoding, double otherwise) =>
            (accepted.FirstOrDefault(item => item.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
                ?? accepted.FirstOrDefault(item => item.Value == "*")) is { } match
                ? match.Quality ?? 1
                : otherwise;

        var brotli = Weight("br", 0);
        var gzip = Weight("gzip", 0);
        var identity = Weight("identity", double.Epsilon);
        return brotli > 0 && brotli >= gzip && brotli >= identity ? Body.Brotli
            : gzip > 0 && gzip >= identity ? Body.Gzip
            : Body.Identity;
    }
}
