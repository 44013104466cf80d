using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using PhucThuan.Hosting.Apps;
using PhucThuan.Hosting.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace PhucThuan.Hosting.Http;

/// <summary>The web server that clients connect to.</summary>
internal sealed class PublicServer(WebApplication web, FunctionInvoker invoker) : IAsyncDisposable
{
    /// <summary>Limit of the real host in bytes.</summary>
    private const long MaxRequestBody = 104_857_600;

    public Uri Address { get; } = WebServer.AddressOf(web.Services);

    /// <exception cref="FunctionsHostException">The port is in use, or two functions have the same route.</exception>
    public static async Task<PublicServer> StartAsync(
        int port,
        FunctionApp app,
        WorkerSupervisor workers,
        FunctionKeys keys,
        HostLog log,
        CancellationToken cancellationToken)
    {
        var builder = WebServer.CreateBuilder(port, HttpProtocols.Http1);
        builder.Services.AddHttpForwarder().Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;

            // Latin-1 preserves every byte of a header; the worker decodes it.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        var web = builder.Build();
        var invoker = new FunctionInvoker(workers, keys, web.Services.GetRequiredService<IHttpForwarder>(), log);
        try
        {
            web.UseHostAnswers();
            web.UseFunctionRoutes(app, invoker.InvokeAsync);
            await web.StartAsync(cancellationToken);
            return new PublicServer(web, invoker);
        }
        catch (Exception failure)
        {
            invoker.Dispose();
            await web.DisposeAsync();
            throw failure is IOException { InnerException: AddressInUseException }
                ? new FunctionsHostException($"Port {port} is in use.", failure)
                : failure;
        }
    }

    /// <summary>Refuses new requests and waits for the pending ones.</summary>
    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
        invoker.Dispose();
    }
}
