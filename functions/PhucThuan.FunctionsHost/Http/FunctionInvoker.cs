using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using PhucThuan.Hosting.Apps;
using PhucThuan.Hosting.Rpc;
using PhucThuan.Hosting.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace PhucThuan.Hosting.Http;

/// <summary>
/// Handles a request with a function: forwards the request to the worker's web server and sends an invocation with
/// the same id over the event stream. Both must succeed.
/// </summary>
internal sealed class FunctionInvoker(
    WorkerSupervisor workers,
    FunctionKeys keys,
    IHttpForwarder forwarder,
    HostLog log
) : IDisposable
{
    /// <summary>Request header for the worker; a client's own value is replaced.</summary>
    private const string InvocationHeader = "x-ms-invocation-id";

    /// <summary>Response header.</summary>
    private const string ResponseHeader = "X-Azure-Functions-InvocationId";

    private const int Attempts = 2;

    private static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(240),
        Version = HttpVersion.Version11,
    };

    /// <summary>Forwards headers and bodies unchanged; Latin-1 preserves every byte of a header.</summary>
    private readonly HttpMessageInvoker _worker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    public async Task InvokeAsync(HttpContext context, Function function)
    {
        if (!keys.Admit(context.Request, function.Http!.Level))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            if (await workers.FindReadyAsync(context.RequestAborted) is not { } worker)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            if (await TryInvokeAsync(context, function, worker) is not { } failure)
            {
                return;
            }

            log.Write(LogLevel.Error, $"Function {function.Name} failed: {failure}");
            if (attempt == Attempts || !CanRetry(context))
            {
                Fail(context);
                return;
            }

            context.Response.Clear();
        }
    }

    public void Dispose() => _worker.Dispose();

    /// <summary>
    /// True when the worker died before the request reached it. Safe methods only: the HTTP client itself retries a
    /// broken connection, so the worker may have received the request before the connection was refused.
    /// </summary>
    private static bool CanRetry(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.GetForwarderErrorFeature()?.Exception
            is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
        && !context.Response.HasStarted;

    /// <summary>Null on success, otherwise the error.</summary>
    private async Task<string?> TryInvokeAsync(HttpContext context, Function function, ReadyWorker worker)
    {
        var invocation = Invocation.ForRequest(function, context.GetRouteData().Values);
        context.Request.Headers[InvocationHeader] = invocation.InvocationId;
        context.Response.Headers[ResponseHeader] = invocation.InvocationId;
        using var cancellation = context.RequestAborted.Register(() => worker.Channel.Cancel(invocation.InvocationId));

        var invoking = worker.Channel.InvokeAsync(invocation);
        var error = await forwarder.SendAsync(
            context,
            worker.Address!.ToString(),
            _worker,
            Config,
            WorkerRequest.Instance);
        if (error != ForwarderError.None)
        {
            // Without this, the worker waits fifteen seconds for the request, and the client for the worker.
            worker.Channel.Cancel(invocation.InvocationId);
            return context.RequestAborted.IsCancellationRequested ? null : $"{error} while forwarding to the worker.";
        }

        return Invocation.DescribeFailure(await invoking);
    }

    /// <summary>
    /// Responds with an empty 500, like the real host when a function throws or its worker dies. The worker responds to
    /// a failed invocation with an empty 200, which has not been sent to the client yet.
    /// </summary>
    private static void Fail(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentLength = 0;
    }

    /// <summary>
    /// The client's headers, and the <c>X-Forwarded-*</c> headers that ASP.NET Core integration reads.
    /// </summary>
    private sealed class WorkerRequest : HttpTransformer
    {
        public static readonly WorkerRequest Instance = new();

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var request = httpContext.Request;
            Set(proxyRequest, "X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
            Set(proxyRequest, "X-Forwarded-Host", request.Host.Value);
            Set(proxyRequest, "X-Forwarded-Proto", request.Scheme);
        }

        private static void Set(HttpRequestMessage request, string header, string? value)
        {
            request.Headers.Remove(header);
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }
}
