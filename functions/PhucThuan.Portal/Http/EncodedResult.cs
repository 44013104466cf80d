using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PhucThuan.Portal.Http;

/// <summary>
/// Sends an <see cref="EncodedBody"/> in the encoding that the client likes best. Conditional requests and HEAD are
/// left to the framework's own result.
/// </summary>
/// <param name="LastModified">Null for what has no date of its own.</param>
/// <param name="CacheControl">Value of the header of that name, on a 304 too (RFC 9110, 15.4.5).</param>
public sealed record EncodedResult(EncodedBody Body, string ContentType, DateTimeOffset? LastModified, string CacheControl) : IResult
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

        // An error's body has no version to compare with: a condition must not turn a 404 into a 304.
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
    /// Highest weight wins, the smaller form at equal weight (RFC 9110, 12.5.3). The plain form is sent when nothing
    /// else is acceptable, even to a client that refuses it: a page is of more use than a 406.
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
