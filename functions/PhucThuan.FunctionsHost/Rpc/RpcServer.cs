using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhucThuan.Hosting.Http;

namespace PhucThuan.Hosting.Rpc;

/// <summary>Accepts the event streams of workers: gRPC over HTTP/2 without TLS, on a free loopback port.</summary>
internal sealed class RpcServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _channels = new();
    private readonly WebApplication _web;

    private RpcServer()
    {
        var builder = WebServer.CreateBuilder(port: 0, HttpProtocols.Http2);
        builder.Services.AddSingleton(this).AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            // The stream stays open as long as the worker runs, and is mostly idle.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        _web = builder.Build();
        _web.MapGrpcService<Service>();
    }

    public Uri Address => WebServer.AddressOf(_web.Services);

    public static async Task<RpcServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new RpcServer();
        await server._web.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Accepts one stream from the worker with this id.</summary>
    public void Expect(string workerId, WorkerChannel channel) => _channels[workerId] = channel;

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private sealed class Service(RpcServer server, IHostApplicationLifetime lifetime) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(
                context.CancellationToken,
                lifetime.ApplicationStopping);
            if (
                !await requestStream.MoveNext(ending.Token)
                || requestStream.Current.StartStream is not { } start
                || !server._channels.TryRemove(start.WorkerId, out var channel))
            {
                throw new Grpc.Core.RpcException(
    new Status(StatusCode.PermissionDenied, "This host has not started a worker with this id."));
            }

            await channel.RunAsync(requestStream, responseStream, ending.Token);
        }
    }
}
