using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PhucThuan.Faults;

/// <summary>
/// A buffered request to storage, independent of its connection. It is unchanged, because it is signed.
/// </summary>
internal sealed class Forwarded
{
    private readonly byte[] _body;
    private readonly List<KeyValuePair<string, string?>> _headers;

    private Forwarded(HttpRequest request, byte[] body)
    {
        _body = body;
        Method = request.Method;
        Target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        _headers = [.. request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Content-Length"))
            .Select(header => KeyValuePair.Create(header.Key, (string?)string.Join(",", header.Value.ToArray())))];
    }

    public string Method { get; }

    /// <summary>Path and query, not decoded.</summary>
    public string Target { get; }

    public static async Task<Forwarded> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new Forwarded(request, body.ToArray());
    }

    public static async Task AnswerAsync(HttpResponse response, HttpResponseMessage answer)
    {
        using var _ = answer;
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key != "Transfer-Encoding"))
        {
            response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(response.Body);
    }

    public HttpRequestMessage ToMessage(Uri server)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), server.GetLeftPart(UriPartial.Authority) + Target);
        if (_body.Length > 0 || HttpMethods.IsPost(Method) || HttpMethods.IsPut(Method))
        {
            message.Content = new ByteArrayContent(_body);
        }

        foreach (var (name, value) in _headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
