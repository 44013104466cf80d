using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>
/// An error response: problem details (RFC 9457) under <c>/api</c>, otherwise a page in Vietnamese.
/// </summary>
/// <param name="Status">400, 404, 405, 409, 410, 500 or 503.</param>
/// <param name="Allow">Allowed methods, for a 405.</param>
/// <param name="RetryAfter">Delay before a retry, for a 503.</param>
/// <param name="Detail">
/// The invalid value and the allowed ones; null for the default text of the status. Outside of <c>/api</c>, it must not
/// contain request data, because error pages are cached.
/// </param>
public sealed record PortalError(
    int Status, string? Allow = null, TimeSpan? RetryAfter = null, string? Detail = null) : IResult
{
    public static PortalError BadRequest { get; } = new(StatusCodes.Status400BadRequest);

    public static PortalError NotFound { get; } = new(StatusCodes.Status404NotFound);

    /// <summary>The article was removed. Search engines drop a 410 sooner than a 404.</summary>
    public static PortalError Gone { get; } = new(StatusCodes.Status410Gone);

    public static PortalError Internal { get; } = new(StatusCodes.Status500InternalServerError);

    /// <summary>
    /// Storage is unavailable. A delay of ten seconds before a retry limits the load and is short enough for a reader.
    /// </summary>
    public static PortalError Unavailable { get; } =
        new(StatusCodes.Status503ServiceUnavailable, RetryAfter: TimeSpan.FromSeconds(10));

    public static PortalError MethodNotAllowed(string allow) => new(StatusCodes.Status405MethodNotAllowed, allow);

    /// <summary>Links on the error page; they must not contain request data.</summary>
    public ErrorOffers Offers { get; init; } = ErrorOffers.None;

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (Allow is not null)
        {
            response.Headers.Allow = Allow;
        }

        if (RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = ((int)delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var text = ErrorText.For(Status);
        text = text with { Detail = Detail ?? text.Detail };
        if (httpContext.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await TypedResults.Problem(text.Detail, statusCode: Status, title: text.Title).ExecuteAsync(httpContext);
            return;
        }

        var pages = httpContext.RequestServices.GetRequiredService<ErrorPages>();
        await (await pages.GetAsync(text, Offers)).ExecuteAsync(httpContext);
    }
}
