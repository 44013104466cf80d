using System.Text.Json.Nodes;
using Azure.Bicep.Types.Concrete;

namespace PhucThuan.Infra.Tests.PublishedTypes;

/// <summary>Compares the properties of an object with its published type.</summary>
internal static class ObjectCheck
{
    public static IEnumerable<string> FindErrors(JsonObject value, ObjectType type, string path) =>
        FindErrors(value, type.Properties, type.AdditionalProperties?.Type, path);

    /// <summary>The value of one property, the discriminator, selects the allowed properties.</summary>
    public static IEnumerable<string> FindErrors(JsonObject value, DiscriminatedObjectType type, string path)
    {
        var kind = value[type.Discriminator];
        if (Expression.Is(kind))
        {
            return [];
        }

        if (kind is null || !type.Elements.TryGetValue(kind.ToString(), out var element))
        {
            var found = kind is null ? "is missing" : $"is {kind.ToJsonString()}";
            return [$"{path}.{type.Discriminator} {found}; allowed is '{string.Join("', '", type.Elements.Keys)}'"];
        }

        var selected = (ObjectType)element.Type;
        var properties = new Dictionary<string, ObjectTypeProperty>(type.BaseProperties);
        foreach (var (name, property) in selected.Properties)
        {
            properties[name] = property;
        }

        return FindErrors(value, properties, selected.AdditionalProperties?.Type, path);
    }

    private static IEnumerable<string> FindErrors(
        JsonObject value, IReadOnlyDictionary<string, ObjectTypeProperty> properties, TypeBase? others, string path)
    {
        var given = Unrolled(value);
        var missing = properties
            .Where(property => property.Value.Flags.HasFlag(ObjectTypePropertyFlags.Required)
                && given[property.Key] is null)
            .Select(property => $"{path}.{property.Key} is missing");
        return missing.Concat(given.SelectMany(property => FindErrors(property.Key, property.Value)));

        IEnumerable<string> FindErrors(string name, JsonNode? item)
        {
            var inner = $"{path}.{name}";
            if (!properties.TryGetValue(name, out var property))
            {
                return others is not null
                    ? TypeCheck.FindErrors(item, others, inner)
                    : [$"{inner} is not a property; allowed are {string.Join(", ", Writable(properties))}"];
            }

            return property.Flags.HasFlag(ObjectTypePropertyFlags.ReadOnly)
                ? [$"{inner} is read-only"]
                : TypeCheck.FindErrors(item, property.Type.Type, inner);
        }
    }

    private static IEnumerable<string> Writable(IReadOnlyDictionary<string, ObjectTypeProperty> properties) =>
        properties.Where(each => !each.Value.Flags.HasFlag(ObjectTypePropertyFlags.ReadOnly)).Select(each => each.Key);

    /// <summary>A loop over a property, <c>copy: [{name, count, input}]</c>, as a property with one item.</summary>
    private static JsonObject Unrolled(JsonObject value)
    {
        if (value["copy"] is not JsonArray loops)
        {
            return value;
        }

        var unrolled = value.Copy();
        unrolled.Remove("copy");
        foreach (var loop in loops)
        {
            unrolled[loop.Text("name")] = new JsonArray(loop!["input"]?.DeepClone());
        }

        return unrolled;
    }
}
