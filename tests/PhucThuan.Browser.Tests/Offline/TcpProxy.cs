using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PhucThuan.Tests.Offline;

/// <summary>
/// TCP proxy between a browser and a portal. A test can break its connections, delay responses, or change the portal.
/// Unlike interception by Playwright, it affects the requests of a service worker too.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flow = Opened();

    public TcpProxy(Uri portal)
    {
        Portal = portal;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Portal { get; set; }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public bool IsCut { get; private set; }

    /// <summary>Breaks all connections, and new ones until <see cref="Restore"/>.</summary>
    public void Cut()
    {
        IsCut = true;
        foreach (var connection in _open.Keys)
        {
            connection.Dispose();
        }
    }

    public void Restore() => IsCut = false;

    /// <summary>Delays responses until <see cref="Release"/>.</summary>
    public void Hold() => _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _flow.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut();
        Release();
        await _accepting;
        _end.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient browser)
    {
        using var portal = new TcpClient();
        _open[browser] = true;
        try
        {
            if (!IsCut)
            {
                await portal.ConnectAsync(Portal.Host, Portal.Port, _end.Token);
                await Task.WhenAny(
                    browser.GetStream().CopyToAsync(portal.GetStream(), _end.Token),
                    CopyAnswersAsync(portal.GetStream(), browser.GetStream()));
            }
        }
        catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException
            or OperationCanceledException or InvalidOperationException)
        {
            // One side closed the connection, or the test cut it.
        }
        finally
        {
            _open.TryRemove(browser, out _);
            browser.Dispose();
        }
    }

    private async Task CopyAnswersAsync(NetworkStream portal, NetworkStream browser)
    {
        var buffer = new byte[16 * 1024];
        while (await portal.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            await _flow.Task;
            await browser.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
