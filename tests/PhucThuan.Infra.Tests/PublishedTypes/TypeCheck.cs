using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Bicep.Types.Concrete;

namespace PhucThuan.Infra.Tests.PublishedTypes;

/// <summary>Compares a JSON value with a published type. An error starts with the JSON path of the value.</summary>
internal static class TypeCheck
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public static IEnumerable<string> FindErrors(JsonNode? value, TypeBase type, string path = "") => type switch
    {
        // Azure ignores a property that is null.
        _ when value is null || Expression.Is(value) => [],
        AnyType => [],
        StringType text => FindErrors(value, text, path),
        StringLiteralType literal =>
            IsText(value, literal.Value) ? [] : [$"{path} is {Shown(value)}; allowed is '{literal.Value}'"],
        IntegerType number => FindErrors(value, number, path),
        BooleanType => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            ? []
            : [$"{path} is {Shown(value)}; allowed is true or false"],
        ArrayType array => FindErrors(value, array, path),
        ObjectType plain when value is JsonObject given => ObjectCheck.FindErrors(given, plain, path),
        DiscriminatedObjectType kinds when value is JsonObject given => ObjectCheck.FindErrors(given, kinds, path),
        ObjectType or DiscriminatedObjectType => [$"{path} is {Shown(value)}; allowed is an object"],
        UnionType union => FindErrors(value, union, path),
        NullType => [$"{path} is {Shown(value)}; allowed is null"],

        // Throw, so that a new kind in a later version of the package is not left unchecked.
        _ => throw new NotSupportedException($"{path} has the type {type.GetType().Name}."),
    };

    private static IEnumerable<string> FindErrors(JsonNode value, StringType type, string path)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return [$"{path} is {Shown(value)}; allowed is text"];
        }

        var text = value.GetValue<string>();
        return text.Length < (type.MinLength ?? 0) || text.Length > (type.MaxLength ?? long.MaxValue)
            ? [$"{path} has {text.Length} characters; allowed are {type.MinLength ?? 0} to {type.MaxLength}"]
            : type.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, PatternTimeout)
                ? [$"{path} is {Shown(value)}; allowed is {pattern}"]
                : [];
    }

    private static IEnumerable<string> FindErrors(JsonNode value, IntegerType type, string path)
    {
        if (value.GetValueKind() != JsonValueKind.Number || !long.TryParse(value.ToJsonString(), out var number))
        {
            return [$"{path} is {Shown(value)}; allowed is an integer"];
        }

        return number < (type.MinValue ?? long.MinValue) || number > (type.MaxValue ?? long.MaxValue)
            ? [$"{path} is {number}; allowed is {type.MinValue} to {type.MaxValue}"]
            : [];
    }

    private static IEnumerable<string> FindErrors(JsonNode value, ArrayType type, string path)
    {
        if (value is not JsonArray array)
        {
            yield return $"{path} is {Shown(value)}; allowed is an array";
            yield break;
        }

        if (array.Count < (type.MinLength ?? 0) || array.Count > (type.MaxLength ?? long.MaxValue))
        {
            yield return $"{path} has {array.Count} items; allowed are {type.MinLength ?? 0} to {type.MaxLength}";
        }

        foreach (var error in array.SelectMany((item, index) =>
            FindErrors(item, type.ItemType.Type, $"{path}[{index}]")))
        {
            yield return error;
        }
    }

    /// <summary>
    /// Accepts only the listed values of an extensible enumeration, although its type allows any string: other values
    /// are misspelt or belong to another version.
    /// </summary>
    private static List<string> FindErrors(JsonNode value, UnionType type, string path)
    {
        var elements = type.Elements.Select(element => element.Type).ToList();
        var names = elements.OfType<StringLiteralType>().Select(literal => literal.Value).ToList();
        if (names.Count == 0)
        {
            var errors = elements.Select(element => FindErrors(value, element, path).ToList());
            return errors.MinBy(each => each.Count) ?? [];
        }

        return names.Exists(name => IsText(value, name))
            ? []
            : [$"{path} is {Shown(value)}; allowed is '{string.Join("', '", names)}'"];
    }

    private static bool IsText(JsonNode value, string text) =>
        value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == text;

    private static string Shown(JsonNode value) =>
        value switch { JsonObject => "an object", JsonArray => "an array", _ => value.ToJsonString() };
}
