using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PhucThuan.Tests;

/// <summary>Sends a raw request line. HttpClient would normalise <c>..</c> and reject NUL.</summary>
public static class RawHttp
{
    public static async Task<HttpStatusCode> GetStatusAsync(
        Uri server, string target, CancellationToken cancellationToken)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port, cancellationToken);
        await using var stream = connection.GetStream();
        var request = $"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream);
        var statusLine = await reader.ReadLineAsync(cancellationToken);
        return (HttpStatusCode)int.Parse(statusLine!.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
