using System.Net;
using System.Net.Sockets;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Faults;

/// <summary>Posts visits, and distinguishes requests that may have reached a process from those that did not.</summary>
internal sealed class VisitClient : IDisposable
{
    /// <summary>A browser's user agent, because robots are not counted.</summary>
    private const string UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly HttpClient _http;
    private bool _connected;

    public VisitClient() => _http = new HttpClient(new SocketsHttpHandler
    {
        // A new connection for each visit, because HttpClient retries a POST on a reused one by itself.
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = ConnectAsync,
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { { "User-Agent", UserAgent } },
    };

    /// <summary>
    /// Connects until a process accepts, then posts a visit. Returns 200 only for a counted visit, and null when the
    /// connection broke before the response or the request timed out.
    /// </summary>
    public async Task<HttpStatusCode?> PostAsync(Func<Uri> chooseAddress, CancellationToken cancellationToken)
    {
        while (true)
        {
            _connected = false;
            try
            {
                using var response = await _http.PostAsync(chooseAddress(), content: null, cancellationToken);
                return
                    response.IsSuccessStatusCode
                    && response.Headers.GetValues(VisitEndpoints.ResultHeader).Single() != "counted"
                    ? throw new InvalidOperationException("A visit was answered and not counted.")
                    : response.StatusCode;
            }
            catch (Exception broken) when (_connected && IsBroken(broken, cancellationToken))
            {
                return null;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>True for a broken connection or a timeout.</summary>
    private static bool IsBroken(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _connected = true;
        return new NetworkStream(socket, ownsSocket: true);
    }
}
