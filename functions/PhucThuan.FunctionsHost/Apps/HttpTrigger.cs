namespace PhucThuan.Hosting.Apps;

/// <summary>HTTP trigger of a function.</summary>
/// <param name="Route">ASP.NET Core route template, without the prefix from <c>host.json</c>.</param>
/// <param name="Methods">Allowed methods; empty for all.</param>
/// <param name="Level">Required key.</param>
internal sealed record HttpTrigger(string Route, IReadOnlyList<string> Methods, KeyLevel Level)
{
    public static HttpTrigger? Find(string function, IReadOnlyList<Binding> bindings) =>
        bindings.FirstOrDefault(binding => binding.Is("httpTrigger")) is { } trigger
            ? new HttpTrigger(
                trigger.Text("route") is { Length: > 0 } route ? route : function,
                trigger.Json.TryGetProperty("methods", out var methods)
                    ? [.. methods.EnumerateArray().Select(method => method.GetString()!)]
                    : [],
                Enum.TryParse<KeyLevel>(trigger.Text("authLevel"), ignoreCase: true, out var level)
                    ? level
                    : KeyLevel.Function)
            : null;

    /// <summary>True when both triggers have the same route and a common method.</summary>
    public bool ConflictsWith(HttpTrigger other) =>
        string.Equals(Route, other.Route, StringComparison.OrdinalIgnoreCase)
        && (
            Methods.Count == 0
            || other.Methods.Count == 0
            || Methods.Intersect(other.Methods, StringComparer.OrdinalIgnoreCase).Any());
}

/// <summary>Required key; the values of the worker's <c>AuthorizationLevel</c>.</summary>
internal enum KeyLevel
{
    /// <summary>No key.</summary>
    Anonymous,

    /// <summary>A signed-in user; the real host does not check it.</summary>
    User,

    /// <summary>Function key, host key or master key.</summary>
    Function,

    /// <summary>The platform's own key; here the master key.</summary>
    System,

    /// <summary>Master key.</summary>
    Admin,
}
