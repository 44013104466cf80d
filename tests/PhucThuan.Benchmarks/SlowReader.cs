using System.Net.Sockets;
using System.Text;

namespace PhucThuan.Benchmarks;

/// <summary>
/// A browser with a very slow connection: opens an address, follows redirects and reads the response slowly.
/// </summary>
internal static class SlowReader
{
    public const int BytesPerSecond = 300;

    private const int SmallestBuffer = 4096;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <returns>
    /// <c>reading</c> at the end, <c>refused</c> with another status than 200, or <c>cut off</c> before the end.
    /// </returns>
    public static async Task<string> ReadAsync(Uri address, CancellationToken end)
    {
        try
        {
            using var connection = new TcpClient { ReceiveBufferSize = SmallestBuffer };
            await connection.ConnectAsync(address.Host, address.Port, CancellationToken.None);
            var stream = connection.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n"
                    + "Sec-Fetch-Mode: navigate\r\nConnection: close\r\n\r\n"),
                CancellationToken.None);
            var head = await ReadHeadAsync(stream);
            if (head.Contains("\r\nLocation: ", StringComparison.OrdinalIgnoreCase))
            {
                var location = head.Split("\r\nLocation: ")[1].Split("\r\n")[0];
                return await ReadAsync(new Uri(address, location), end);
            }

            return head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
                ? await ReadBodyAsync(stream, end)
                : "refused";
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            return "cut off";
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(next);
            head.Append((char)next[0]);
        }

        return head.ToString();
    }

    private static async Task<string> ReadBodyAsync(NetworkStream stream, CancellationToken end)
    {
        var part = new byte[BytesPerSecond];
        while (!end.IsCancellationRequested)
        {
            if (await stream.ReadAsync(part, CancellationToken.None) == 0)
            {
                return "cut off";
            }

            await Task.Delay(Second, TimeProvider.System, CancellationToken.None);
        }

        return "reading";
    }
}
