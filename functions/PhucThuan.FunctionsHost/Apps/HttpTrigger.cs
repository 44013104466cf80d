namespace PhucThuan.Hosting.Apps;

/// <summary>Calls a function for requests.</summary>
/// <param name="Route">A template of ASP.NET Core's routing, after the prefix of <c>host.json</c>.</param>
/// <param name="Methods">None stands for all.</param>
/// <param name="Level">Who may call it.</param>
internal sealed record HttpTrigger(string Route, IReadOnlyList<string> Methods, KeyLevel Level)
{
    public static HttpTrigger? Find(string function, IReadOnlyList<Binding> bindings) =>
        bindings.FirstOrDefault(binding => binding.Is("httpTrigger")) is { } trigger
            ? new HttpTrigger(
                trigger.Text("route") is { Length: > 0 } route ? route : function,
                trigger.Json.TryGetProperty("methods", out var methods)
                    ? [.. methods.EnumerateArray().Select(method => method.GetString()!)]
                    : [],
                Enum.TryParse<KeyLevel>(trigger.Text("authLevel"), ignoreCase: true, out var level) ? level : KeyLevel.Function)
            : null;

    /// <summary>Whether one request may be meant for both.</summary>
    public bool ConflictsWith(HttpTrigger other) =>
        string.Equals(Route, other.Route, StringComparison.OrdinalIgnoreCase)
        && (Methods.Count == 0 || other.Methods.Count == 0 || Methods.Intersect(other.Methods, StringComparer.OrdinalIgnoreCase).Any());
}

/// <summary>The values of the worker's <c>AuthorizationLevel</c>.</summary>
internal enum KeyLevel
{
    /// <summary>Everyone.</summary>
    Anonymous,

    /// <summary>Who signed in; the real host lets everyone pass.</summary>
    User,

    /// <summary>Who knows the function's key, the host's or the master key.</summary>
    Function,

    /// <summary>The platform, which has a key of its own; here the master key.</summary>
    System,

    /// <summary>Who knows the master key.</summary>
    Admin,
}
