using System.Text.Json.Nodes;
using Azure.Bicep.Types.Az;
using Azure.Bicep.Types.Concrete;

namespace PhucThuan.Infra.Tests.PublishedTypes;

/// <summary>
/// The types that Azure publishes for each resource type and API version (package Azure.Bicep.Types.Az, generated from
/// the OpenAPI documents of the resource providers). The compiler uses the same types, but accepts any string for an
/// extensible enumeration, so a misspelt value causes no diagnostic.
/// </summary>
internal static class ResourceTypes
{
    /// <summary>Properties that belong to the template language, not to the type.</summary>
    private static readonly string[] TemplateProperties =
        ["id", "type", "apiVersion", "condition", "copy", "dependsOn", "existing", "scope"];

    private static readonly AzTypeLoader Loader = new();

    /// <summary>Types by <c>Provider/type@version</c>, each loaded on demand from its file.</summary>
    private static readonly Lazy<Dictionary<string, Lazy<TypeBase>>> All = new(() => Loader.LoadTypeIndex().Resources
        .ToDictionary(
            entry => entry.Key,
            entry => new Lazy<TypeBase>(() => Loader.LoadResourceType(entry.Value).Body.Type),
            StringComparer.OrdinalIgnoreCase));

    /// <summary>Accepted differences by resource type and error, each with its reason.</summary>
    public static IReadOnlyDictionary<(string Type, string Error), string> Exceptions { get; } =
        new Dictionary<(string, string), string>
        {
            [(
                "Microsoft.Web/sites",
                ".properties.functionAppConfig.siteUpdateStrategy is not a property; allowed are deployment, runtime, "
                    + "scaleAndConcurrency"
            )] = "A preview property that Azure documents and returns, but that no published version contains yet.",
            [(
                "Microsoft.OperationalInsights/workspaces",
                ".properties.workspaceCapping.dailyQuotaGb is 0.5; allowed is an integer"
            )] = "The provider's document has a number, for which the types of Bicep have only integers.",
        };

    /// <summary>
    /// The differences between a resource and its published type, without <see cref="Exceptions"/>, each with the type,
    /// the name and the JSON path.
    /// </summary>
    public static IEnumerable<string> FindErrors(JsonObject resource) => Compare(resource)
        .Where(error => !Exceptions.ContainsKey((resource.Text("type"), error)))
        .Select(error => $"{KeyOf(resource)} {resource.Name()}: {error}");

    /// <summary>All differences, each with the JSON path.</summary>
    /// <param name="resource">A resource of a snapshot or of a compiled template.</param>
    public static IEnumerable<string> Compare(JsonObject resource)
    {
        if (!All.Value.TryGetValue(KeyOf(resource), out var type))
        {
            return ["the type is not published in this version"];
        }

        var body = resource.Copy();
        foreach (var name in TemplateProperties)
        {
            body.Remove(name);
        }

        body["name"] = Expression.Is(resource["name"]) ? resource.Name() : resource.LastName();
        return TypeCheck.FindErrors(body, type.Value);
    }

    private static string KeyOf(JsonObject resource) => $"{resource.Text("type")}@{resource.Text("apiVersion")}";
}
