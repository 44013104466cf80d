using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PhucThuan.Hosting.Http;

/// <summary>What the Functions host answers by itself, whatever routes an app has. All of it was seen on host 4.1037.</summary>
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
