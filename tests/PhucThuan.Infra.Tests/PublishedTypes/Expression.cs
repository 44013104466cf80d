using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhucThuan.Infra.Tests.PublishedTypes;

/// <summary>Azure evaluates text in brackets, so its value is unknown here; [[ is a literal bracket.</summary>
internal static class Expression
{
    public static bool Is(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String && Is(value.GetValue<string>());

    public static bool Is(string text) => text.StartsWith('[') && !text.StartsWith("[[", StringComparison.Ordinal)
        && text.EndsWith(']');
}
