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
/// Answers a request by a function: the request itself goes to the worker's own web server, an invocation with the same id
/// over the event stream, and both must end well.
/// </summary>
internal sealed class FunctionInvoker(WorkerSupervisor workers, FunctionKeys keys, IHttpForwarder forwarder, HostLog log)
    : IDisposable
{
    /// <summary>Of the request to the worker; a reader's own is replaced.</summary>
    private const string InvocationHeader = "x-ms-invocation-id";

    /// <summary>Of the response.</summary>
    private const string ResponseHeader = "X-Azure-Functions-InvocationId";

    private const int Attempts = 2;

    private static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(240),
        Version = HttpVersion.Version11,
    };

    /// <summary>Nothing is added or changed on the way. Latin-1 carries every byte of a header through.</summary>
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
            if (attempt == Attempts || !MayAskAgain(context))
            {
                Fail(context);
                return;
            }

            context.Response.Clear();
        }
    }

    public void Dispose() => _worker.Dispose();

    /// <summary>
    /// Whether the worker had just died and the request did not reach it. Not for methods that change something: a connection that was
    /// refused may have been the second try, after one that broke without an answer.
    /// </summary>
    private static bool MayAskAgain(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
        && !context.Response.HasStarted;

    /// <summary>Null when all went well, else what went wrong.</summary>
    private async Task<string?> TryInvokeAsync(HttpContext context, Function function, ReadyWorker worker)
    {
        var invocation = Invocation.ForRequest(function, context.GetRouteData().Values);
        context.Request.Headers[InvocationHeader] = invocation.InvocationId;
        context.Response.Headers[ResponseHeader] = invocation.InvocationId;
        using var cancellation = context.RequestAborted.Register(() => worker.Channel.Cancel(invocation.InvocationId));

        var invoking = worker.Channel.InvokeAsync(invocation);
        var error = await forwarder.SendAsync(context, worker.Address!.ToString(), _worker, Config, WorkerRequest.Instance);
        if (error != ForwarderError.None)
        {
            // The worker would wait fifteen seconds for the request, and the reader with it.
            worker.Channel.Cancel(invocation.InvocationId);
            return context.RequestAborted.IsCancellationRequested ? null : $"{error} on the way to the worker.";
        }

        return Invocation.DescribeFailure(await invoking);
    }

    /// <summary>
    /// As the real host answers when a function throws or its worker dies. A worker's answer to a failed invocation is an empty 200,
    /// which is not under way to the reader yet.
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

    /// <summary>The reader's headers, with the addresses that ASP.NET Core integration takes from <c>X-Forwarded-*</c>.</summary>
    private sealed class WorkerRequest : HttpTransformer
    {
        public static readonly WorkerRequest Instance = new();

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
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
