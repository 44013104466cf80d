using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PhucThuan.Tests.Hosting;

/// <summary>A raw HTTP response.</summary>
/// <param name="Headers">Ordered by name; repeated headers are not merged.</param>
internal sealed record Answer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Sends a raw request, because HttpClient would normalise it, and reads the response.</summary>
    /// <param name="lines">Request line and headers; <c>Connection: close</c> is added.</param>
    public static async Task<Answer> ToAsync(
        Uri server,
        IEnumerable<string> lines,
        byte[]? body,
        CancellationToken cancellationToken)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port, cancellationToken);
        await using var stream = connection.GetStream();
        var head = string.Join("\r\n", [.. lines, "Connection: close", "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), cancellationToken);
        await stream.WriteAsync(body ?? [], cancellationToken);
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancellationToken);
        return Parse(buffer.ToArray());
    }

    private static Answer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        Assert.True(end > 0, "No answer came.");
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(": ", 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]))
            .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var body = bytes[(end + 4)..];
        var isChunked = headers.Any(header => header is { Key: "Transfer-Encoding", Value: "chunked" });
        return new Answer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            headers,
            isChunked ? Join(body) : body);
    }

    private static byte[] Join(ReadOnlySpan<byte> chunks)
    {
        using var joined = new MemoryStream();
        while (true)
        {
            var end = chunks.IndexOf("\r\n"u8);
            var length = int.Parse(
                Encoding.ASCII.GetString(chunks[..end]),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return joined.ToArray();
            }

            joined.Write(chunks.Slice(end + 2, length));
            chunks = chunks[(end + 2 + length + 2)..];
        }
    }
}
