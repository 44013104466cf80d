using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PhucThuan.Tests.Offline;

/// <summary>
/// The line between a browser and a portal: TCP connections that a test breaks, holds back, or leads to another
/// portal. Requests of a service worker go over it, too.
/// </summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flow = Opened();

    public Line(Uri portal)
    {
        Portal = portal;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Portal { get; set; }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public bool IsCut { get; private set; }

    /// <summary>Breaks all connections, and those that are made until the line is mended.</summary>
    public void Cut()
    {
        IsCut = true;
        foreach (var connection in _open.Keys)
        {
            connection.Dispose();
        }
    }

    public void Mend() => IsCut = false;

    /// <summary>Holds answers back until <see cref="Release"/>.</summary>
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
            // The line was cut.
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
