using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using PhucThuan.Hosting.Apps;

namespace PhucThuan.Hosting.Http;

/// <summary>
/// One function key for all functions and a master key. A request has its key in header <c>x-functions-key</c> or,
/// without that header, in query parameter <c>code</c>.
/// </summary>
internal sealed class FunctionKeys(string? functionKey, string? masterKey)
{
    public string Function { get; } = OrRandom(functionKey);

    public string Master { get; } = OrRandom(masterKey);

    public bool Admit(HttpRequest request, KeyLevel level) => level switch
    {
        KeyLevel.Anonymous or KeyLevel.User => true,
        KeyLevel.Function => Is(request, Function) || Is(request, Master),
        _ => Is(request, Master),
    };

    // An empty key would authorise every request, because a request without a key has an empty one.
    private static string OrRandom(string? key) =>
        key is { Length: > 0 } ? key : RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static bool Is(HttpRequest request, string key)
    {
        var given = request.Headers.TryGetValue("x-functions-key", out var header) ? header : request.Query["code"];
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(given.FirstOrDefault() ?? ""), Encoding.UTF8.GetBytes(key));
    }
}
