using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhucThuan.Portal.Http;
using PhucThuan.Portal.Storage;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>
/// What stands around every trigger, in the function app and in LocalHost: headers before it, one answer for each kind
/// of failure after it. The worker has no hook for ASP.NET middleware and answers an exception with an empty 200,
/// and it executes results outside of its own middleware; so the result is executed here.
/// </summary>
public sealed partial class PortalPipeline(ReaderAddress address, ILogger<PortalPipeline> logger)
{
    /// <param name="trigger">Runs the trigger method; the answer is its return value.</param>
    public async Task InvokeAsync(HttpContext context, Func<Task<object?>> trigger)
    {
        SecurityHeaders.Apply(context.Response.Headers);
        address.Apply(context);
        try
        {
            await ((IResult)(await trigger())!).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader has gone: nobody to answer.
        }
        catch (BadHttpRequestException exception)
        {
            Log.BadRequest(logger, exception, context.Request.Path);
            await AnswerAsync(context, PortalError.BadRequest);
        }
        catch (Exception exception) when (StorageFailures.Include(exception))
        {
            Log.StorageFailed(logger, context.Request.Path, exception.GetBaseException().Message);
            await AnswerAsync(context, PortalError.Unavailable);
        }
#pragma warning disable CA1031 // The last stop: whatever it was, a reader gets a page that says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Unhandled(logger, exception, context.Request.Path);
            await AnswerAsync(context, PortalError.Internal);
        }
    }

    private static async Task AnswerAsync(HttpContext context, PortalError error)
    {
        if (context.Response.HasStarted)
        {
            // Cutting the connection is the only way left to say that the body is not whole.
            context.Abort();
            return;
        }

        context.Response.Clear();
        SecurityHeaders.Apply(context.Response.Headers);
        await error.ExecuteAsync(context);
    }

    private static partial class Log
    {
        // The reason alone: in an outage each request comes here, and the stack says nothing that is not known.
        [LoggerMessage(Level = LogLevel.Error, Message = "Storage failed at {Path}: {Reason}")]
        public static partial void StorageFailed(ILogger logger, PathString path, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Bad request at {Path}")]
        public static partial void BadRequest(ILogger logger, Exception exception, PathString path);

        [LoggerMessage(Level = LogLevel.Error, Message = "Unhandled exception at {Path}")]
        public static partial void Unhandled(ILogger logger, Exception exception, PathString path);
    }
}
