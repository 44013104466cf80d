using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>A rule for the deployed resources, with an edit that violates it.</summary>
/// <param name="Name">The rule as a sentence.</param>
/// <param name="Sets">The parameter sets that must satisfy it.</param>
/// <param name="FindViolations">Names the violations; empty when the rule is satisfied.</param>
/// <param name="Break">The violating edit, applied to the first of <paramref name="Sets"/>.</param>
internal sealed record Policy(
    string Name, IReadOnlyList<string> Sets, Func<Resources, IEnumerable<string>> FindViolations,
    Action<Resources> Break)
{
    /// <summary>The first set is the one that edits are applied to.</summary>
    public static readonly string[] Everywhere = ["prod", "commune", "dev", "prod-frontdoor", "prod-private"];

    public static readonly string[] Production = ["prod", "prod-frontdoor", "prod-private"];

    /// <summary>Sets with availability tests and an alert for each fault.</summary>
    public static readonly string[] Watched = Production;

    /// <summary>Sets that cost a few cents a month. The app checks itself.</summary>
    public static readonly string[] Economical = ["commune", "dev"];

    /// <summary>Sets whose articles and visits must not be lost.</summary>
    public static readonly string[] Kept = ["prod", "commune", "prod-frontdoor", "prod-private"];

    public static readonly string[] WithoutFrontDoor = ["prod", "commune", "dev", "prod-private"];

    public static readonly string[] BehindFrontDoor = ["prod-frontdoor"];

    public static readonly string[] OnPrivateNetwork = ["prod-private"];

    /// <summary>Sets whose readers can reach storage, without a Front Door in between.</summary>
    public static readonly string[] Linking = ["prod", "commune", "dev"];

    public static readonly string[] NotLinking = ["prod-frontdoor", "prod-private"];

    /// <summary>
    /// Requires deep equality at these paths for every resource of a type (optionally, with a part of the name).
    /// </summary>
    /// <param name="paths">One path, or several separated by spaces.</param>
    /// <param name="wanted">
    /// The value at the path, or an array with the values at all paths. ENVIRONMENT is replaced by the set's
    /// environment.
    /// </param>
    /// <param name="breakTo">The violating edit: path and value in the first such resource.</param>
    public static Policy Exactly(
        string name,
        IReadOnlyList<string> sets,
        (string Type, string NamePart) which,
        string paths,
        [StringSyntax(StringSyntaxAttribute.Json)] string wanted,
        (string Path, JsonNode? Value) breakTo)
    {
        return new(
            name,
            sets,
            all => Find(all) is { Count: > 0 } found
                ? found.Where(resource => !JsonNode.DeepEquals(At(resource), Wanted(all)))
                    .Select(ResourceExtensions.Name)
                : [$"there is no {which}"],
            all => Find(all)[0].Set(breakTo.Path, breakTo.Value?.DeepClone()));

        List<JsonObject> Find(Resources all) =>
            [.. all.OfType(which.Type)
                .Where(resource => resource.Name().Contains(which.NamePart, StringComparison.Ordinal))];

        JsonNode? At(JsonObject resource) => paths.Contains(' ', StringComparison.Ordinal)
            ? new JsonArray([.. paths.Split(' ').Select(path => resource.At(path)?.DeepClone())])
            : resource.At(paths);

        JsonNode? Wanted(Resources all) => JsonNode.Parse(wanted.Replace(
            "ENVIRONMENT", all.Single("Microsoft.Resources/resourceGroups")
                .Text("tags.environment"), StringComparison.Ordinal));
    }
}
