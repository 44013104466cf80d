using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Storage;
using PhucThuan.Portal.Telemetry;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>
/// Wraps every HTTP trigger: sets the security headers, executes the result, and turns exceptions into error responses.
/// The worker does not support ASP.NET Core middleware, responds to an exception with an empty 200, and would execute
/// the result outside of its own middleware.
/// </summary>
public sealed partial class PortalPipeline(
    ReaderAddress address, IOptions<SiteOptions> site, PortalMetrics metrics, ILogger<PortalPipeline> logger)
{
    private readonly SecurityHeaders _security = new(site.Value.MeasuringTag);

    /// <param name="trigger">Runs the trigger method and returns its result.</param>
    public async Task InvokeAsync(HttpContext context, Func<Task<object?>> trigger)
    {
        _security.Apply(context.Response.Headers);
        address.Apply(context);
        try
        {
            await ((IResult)(await trigger())!).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (BadHttpRequestException exception)
        {
            var path = PathForLog(context.Request);
            Log.BadRequest(logger, exception, path);
            await RespondAsync(context, PortalError.BadRequest);
        }
        catch (Exception exception) when (StorageFailures.Include(exception))
        {
            var path = PathForLog(context.Request);
            Log.StorageFailed(logger, path, exception.GetBaseException().Message);
            metrics.Fail("storage");
            await RespondAsync(context, PortalError.Unavailable);
        }
#pragma warning disable CA1031 // Top-level handler: any other exception becomes an error page.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var path = PathForLog(context.Request);
            Log.Unhandled(logger, exception, path);
            metrics.Fail("unhandled");
            await RespondAsync(context, PortalError.Internal);
        }
    }

    /// <summary>Removes keys from the path: readers of the log must not gain access to drafts.</summary>
    private static PathString PathForLog(HttpRequest request) =>
        new[] { SitePaths.Desk, SitePaths.Drafts }.FirstOrDefault(path =>
            request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            is { } secret
            ? secret + "/*"
            : request.Path;

    private async Task RespondAsync(HttpContext context, PortalError error)
    {
        if (context.Response.HasStarted)
        {
            // The status has been sent, so only aborting the connection signals an incomplete body.
            context.Abort();
            return;
        }

        context.Response.Clear();
        _security.Apply(context.Response.Headers);
        await error.ExecuteAsync(context);
    }

    private static partial class Log
    {
        // Without a stack trace, because every request logs this during an outage.
        [LoggerMessage(Level = LogLevel.Error, Message = "Storage failed at {Path}: {Reason}")]
        public static partial void StorageFailed(ILogger logger, PathString path, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Bad request at {Path}")]
        public static partial void BadRequest(ILogger logger, Exception exception, PathString path);

        [LoggerMessage(Level = LogLevel.Error, Message = "Unhandled exception at {Path}")]
        public static partial void Unhandled(ILogger logger, Exception exception, PathString path);
    }
}
