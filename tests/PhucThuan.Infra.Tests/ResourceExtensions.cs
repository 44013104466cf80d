using System.Text.Json.Nodes;

namespace PhucThuan.Infra.Tests;

/// <summary>
/// Reads and writes properties of a resource by path, such as <c>properties.siteConfig.minTlsVersion</c>.
/// </summary>
internal static class ResourceExtensions
{
    public static string Name(this JsonNode resource) => resource.Text("name");

    /// <summary>Last segment of the name: <c>articles</c> of <c>account/default/articles</c>.</summary>
    public static string LastName(this JsonNode resource) => resource.Name().Split('/')[^1];

    public static string Id(this JsonNode resource) => resource.Text("id");

    public static JsonNode? At(this JsonNode? node, string path)
    {
        foreach (var step in path.Split('.'))
        {
            node = node switch
            {
                JsonArray array => int.TryParse(step, out var index) ? array.ElementAtOrDefault(index) : null,
                JsonObject => node[step],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>The value as text; empty when the path does not exist.</summary>
    public static string Text(this JsonNode? node, string path) => node.At(path)?.ToString() ?? "";

    public static bool Is(this JsonNode? node, string path, JsonNode value) =>
        JsonNode.DeepEquals(node.At(path), value);

    public static int Number(this JsonNode? node, string path) => node.At(path)?.GetValue<int>() ?? 0;

    /// <summary>The items of an array; empty when the path does not exist.</summary>
    public static IEnumerable<JsonNode> List(this JsonNode? node, string path) =>
        (node.At(path) as JsonArray ?? []).OfType<JsonNode>();

    public static IEnumerable<string> Texts(this JsonNode? node, string path) =>
        node.List(path).Select(item => item.ToString());

    public static void Set(this JsonNode node, string path, JsonNode? value)
    {
        var cut = path.LastIndexOf('.');
        var parent = cut < 0 ? node : node.At(path[..cut])!;
        if (parent is JsonArray array)
        {
            array[int.Parse(path[(cut + 1)..], null)] = value;
        }
        else
        {
            parent[path[(cut + 1)..]] = value;
        }
    }

    public static JsonObject Copy(this JsonNode node) => node.DeepClone().AsObject();
}
