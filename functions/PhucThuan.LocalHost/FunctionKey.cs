using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace PhucThuan.LocalHost;

/// <summary>
/// The one key of this host: random for each start, or setting <c>FunctionKey</c>. Functions that are not anonymous want
/// it in header <c>x-functions-key</c> or in query parameter <c>code</c>, and answer 401 without it.
/// </summary>
public sealed class FunctionKey(IConfiguration configuration)
{
    // An empty key would let everyone in: a request without one has an empty one.
    public string Value { get; } = configuration["FunctionKey"] is { Length: > 0 } set
        ? set
        : RandomNumberGenerator.GetHexString(32, lowercase: true);

    public bool Admits(HttpRequest request, AuthorizationLevel level) =>
        level is AuthorizationLevel.Anonymous or AuthorizationLevel.User
        || IsKey(request.Headers["x-functions-key"].ToString())
        || IsKey(request.Query["code"].ToString());

    private bool IsKey(string text) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Value));
}
