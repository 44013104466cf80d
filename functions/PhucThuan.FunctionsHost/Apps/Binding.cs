using System.Text.Json;

namespace PhucThuan.Hosting.Apps;

/// <summary>What a parameter or the result of a function is bound to.</summary>
/// <param name="Name">Of the parameter; <c>$return</c> for the result.</param>
/// <param name="Direction"><c>In</c>, <c>Out</c> or <c>InOut</c>, in any case.</param>
/// <param name="DataType"><c>String</c>, <c>Binary</c>, <c>Stream</c>; null for any.</param>
/// <param name="Json">All of it.</param>
internal sealed record Binding(string Name, string Type, string Direction, string? DataType, JsonElement Json)
{
    public static Binding Read(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.GetProperty("type").GetString()!,
        json.GetProperty("direction").GetString()!,
        json.TryGetProperty("dataType", out var dataType) ? dataType.GetString() : null,
        json.Clone());

    public bool Is(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when it is not there.</summary>
    public string? Text(string property) => Json.TryGetProperty(property, out var value) ? value.GetString() : null;

    public bool Flag(string property) => Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;
}
