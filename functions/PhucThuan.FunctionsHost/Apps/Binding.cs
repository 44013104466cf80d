using System.Text.Json;

namespace PhucThuan.Hosting.Apps;

/// <summary>A binding of a function: of one parameter, or of the return value.</summary>
/// <param name="Name">Name of the parameter, or <c>$return</c>.</param>
/// <param name="Direction"><c>In</c>, <c>Out</c> or <c>InOut</c>, in any case.</param>
/// <param name="DataType"><c>String</c>, <c>Binary</c> or <c>Stream</c>; null for any.</param>
/// <param name="Json">The complete entry of <c>functions.metadata</c>.</param>
internal sealed record Binding(string Name, string Type, string Direction, string? DataType, JsonElement Json)
{
    public static Binding Read(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.GetProperty("type").GetString()!,
        json.GetProperty("direction").GetString()!,
        json.TryGetProperty("dataType", out var dataType) ? dataType.GetString() : null,
        json.Clone());

    public bool Is(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the property is missing.</summary>
    public string? Text(string property) => Json.TryGetProperty(property, out var value) ? value.GetString() : null;

    public bool Flag(string property) =>
        Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;
}
