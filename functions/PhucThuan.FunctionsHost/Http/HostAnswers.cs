using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Hosting.Http;

/// <summary>Responses of the Functions host itself, independent of the app's routes; observed on host 4.1037.</summary>
internal static class HostAnswers
{
    public static void UseHostAnswers(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (StatusFor(context.Request) is not { } status)
        {
            return next(context);
        }

        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    private static int? StatusFor(HttpRequest request)
    {
        if (HttpMethods.IsConnect(request.Method) || !request.Host.HasValue)
        {
            return StatusCodes.Status500InternalServerError;
        }

        if (request.Path.Value?.StartsWith("//", StringComparison.Ordinal) == true)
        {
            return StatusCodes.Status404NotFound;
        }

        return request.Path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/runtime/webhooks", StringComparison.OrdinalIgnoreCase)
                ? StatusCodes.Status401Unauthorized
                : null;
    }
}
