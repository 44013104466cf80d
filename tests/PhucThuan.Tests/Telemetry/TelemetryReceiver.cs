using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PhucThuan.Tests.Telemetry;

/// <summary>Stands in for the ingestion endpoint of Application Insights and for an OTLP collector (HTTP).</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Body)> _requests = new();
    private readonly WebApplication _server;

    private TelemetryReceiver(WebApplication server) => _server = server;

    public string Address => _server.Urls.First();

    /// <summary>Paths of the POST requests.</summary>
    public IReadOnlyList<string> Paths => [.. _requests.Select(request => request.Path)];

    /// <summary>All request bodies as text.</summary>
    public string Received => string.Join('\n', _requests.Select(request => request.Body));

    public static async Task<TelemetryReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new TelemetryReceiver(builder.Build());
        receiver._server.Run(receiver.ReceiveAsync);
        await receiver._server.StartAsync(cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var isGzip = context.Request.Headers.ContentEncoding.Contains("gzip");
        await using var body = isGzip
            ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
            : context.Request.Body;

        // Latin-1 keeps each byte of protobuf; names are ASCII.
        using var reader = new StreamReader(body, Encoding.Latin1);
        _requests.Enqueue((context.Request.Path, await reader.ReadToEndAsync(context.RequestAborted)));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"itemsReceived":1,"itemsAccepted":1,"errors":[]}""");
    }
}
