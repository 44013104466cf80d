using System.Text.Json.Nodes;

namespace PhucThuan.Infra.Tests;

/// <summary>The resources of a snapshot; mutable, because policies are tested with edits.</summary>
internal sealed class Resources
{
    private readonly JsonArray _all;

    private Resources(JsonArray all) => _all = all;

    public IEnumerable<JsonObject> All => _all.Select(resource => resource!.AsObject());

    public static Resources Parse(string snapshot) => new(JsonNode.Parse(snapshot)!["predictedResources"]!.AsArray());

    public IReadOnlyList<JsonObject> OfType(string type) => [.. All.Where(resource => resource.Text("type") == type)];

    /// <exception cref="InvalidOperationException">There is not exactly one.</exception>
    public JsonObject Single(string type, string nameContains = "") =>
        OfType(type).Single(resource => resource.Name().Contains(nameContains, StringComparison.Ordinal));

    /// <summary>Violations of a rule for all resources of a type. If there is none, that is a violation.</summary>
    public IEnumerable<string> Every(string type, Func<JsonObject, bool> isKept)
    {
        var resources = OfType(type);
        return resources.Count == 0
            ? [$"there is no {type}"]
            : resources.Where(resource => !isKept(resource)).Select(resource => resource.Name());
    }

    /// <summary>Violation of a rule that at least one resource of a type must satisfy.</summary>
    public IEnumerable<string> Some(string type, Func<JsonObject, bool> isKept) =>
        OfType(type).Any(isKept) ? [] : [$"no {type} does so"];

    public void Remove(JsonObject resource) => _all.Remove(resource);

    public void Add(JsonObject resource) => _all.Add(resource);
}
