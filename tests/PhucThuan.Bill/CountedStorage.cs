using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhucThuan.Faults;
using PhucThuan.LocalHost;

namespace PhucThuan.Bill;

/// <summary>Azurite with a counting proxy for each of its services.</summary>
internal sealed class CountedStorage : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("phucthuan-bill-");
    private readonly List<WebApplication> _ports = [];
    private readonly ConcurrentQueue<StorageOperation> _operations = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    // One request at a time, because transactions of Azurite (3.35.0) are not isolated.
    private readonly SemaphoreSlim _oneTableRequest = new(1);
    private AzuriteServer _azurite = null!;

    private CountedStorage()
    {
    }

    /// <summary>Connection string of Azurite, without the proxies.</summary>
    public string DirectConnection => _azurite.ConnectionString;

    /// <summary>Connection string of the proxies.</summary>
    public string Connection { get; private set; } = "";

    public static async Task<CountedStorage> StartAsync(CancellationToken cancellationToken)
    {
        var storage = new CountedStorage();
        storage._azurite = await AzuriteServer.StartAsync(storage._data, cancellationToken);
        storage.Connection = storage.DirectConnection;
        foreach (var service in new[] { "Blob", "Table" })
        {
            var endpoint = new Uri(storage.DirectConnection.Split(';')
                .Single(pair => pair.StartsWith(service + "Endpoint=", StringComparison.Ordinal)).Split('=', 2)[1]);
            var port = await storage.OpenAsync(endpoint, service == "Table", cancellationToken);
            storage.Connection = storage.Connection.Replace(
                endpoint.GetLeftPart(UriPartial.Authority), port, StringComparison.Ordinal);
        }

        return storage;
    }

    /// <summary>The operations since the last call.</summary>
    public IReadOnlyList<StorageOperation> Take()
    {
        var taken = new List<StorageOperation>();
        while (_operations.TryDequeue(out var operation))
        {
            taken.Add(operation);
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var port in _ports)
        {
            await port.DisposeAsync();
        }

        _client.Dispose();
        _oneTableRequest.Dispose();
        await _azurite.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task<string> OpenAsync(Uri service, bool isTable, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var port = builder.Build();
        port.Run(context => ForwardAsync(context, service, isTable));
        await port.StartAsync(cancellationToken);
        _ports.Add(port);
        return port.Urls.First();
    }

    private async Task ForwardAsync(HttpContext context, Uri service, bool isTable)
    {
        var request = await Forwarded.ReadAsync(context.Request);
        _operations.Enqueue(StorageOperation.Of(isTable, request.Method, request.Target));
        if (isTable)
        {
            await _oneTableRequest.WaitAsync();
        }

        try
        {
            using var message = request.ToMessage(service);
            await Forwarded.AnswerAsync(context.Response, await _client.SendAsync(message));
        }
        finally
        {
            if (isTable)
            {
                _oneTableRequest.Release();
            }
        }
    }
}
