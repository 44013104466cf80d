using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PhucThuan.Bill;

/// <summary>
/// Stub of Application Insights that counts the uncompressed bytes of telemetry. Azure bills the stored columns, which
/// are a little smaller.
/// </summary>
internal sealed class TelemetrySink : IAsyncDisposable
{
    private readonly WebApplication _server;
    private long _bytes;

    private TelemetrySink(WebApplication server) => _server = server;

    public string Connection => $"InstrumentationKey={Guid.Empty};IngestionEndpoint={_server.Urls.First()}";

    public static async Task<TelemetrySink> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new TelemetrySink(builder.Build());
        sink._server.Run(sink.ReceiveAsync);
        await sink._server.StartAsync(cancellationToken);
        return sink;
    }

    /// <summary>Bytes since the last call.</summary>
    public long Take() => Interlocked.Exchange(ref _bytes, 0);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        await using var body = context.Request.Headers.ContentEncoding.Contains("gzip")
            ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
            : context.Request.Body;
        using var copy = new MemoryStream();
        await body.CopyToAsync(copy, context.RequestAborted);
        Interlocked.Add(ref _bytes, copy.Length);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"itemsReceived":1,"itemsAccepted":1,"errors":[]}""");
    }
}
