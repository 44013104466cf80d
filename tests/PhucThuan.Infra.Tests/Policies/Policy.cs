using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>A rule for what is deployed, and an edit that breaks it.</summary>
/// <param name="Name">The rule as a sentence.</param>
/// <param name="Sets">The sets of parameters that must keep it.</param>
/// <param name="FindViolations">Names what breaks it; nothing when it is kept.</param>
/// <param name="Break">The edit. It is made in the first of <paramref name="Sets"/>.</param>
internal sealed record Policy(
    string Name, IReadOnlyList<string> Sets, Func<Resources, IEnumerable<string>> FindViolations, Action<Resources> Break)
{
    /// <summary>The first is where rules for all of them are broken.</summary>
    public static readonly string[] Everywhere = ["prod", "dev", "prod-frontdoor", "prod-private"];

    public static readonly string[] Production = ["prod", "prod-frontdoor", "prod-private"];

    public static readonly string[] OpenToAll = ["prod", "dev", "prod-private"];

    public static readonly string[] BehindFrontDoor = ["prod-frontdoor"];

    public static readonly string[] OnPrivateNetwork = ["prod-private"];

    /// <summary>
    /// Every resource of a type, or those with a part of a name, is at these paths as a whole what is wanted: whatever
    /// is changed,
    /// added or taken away there breaks the rule.
    /// </summary>
    /// <param name="paths">One, or several with blanks between.</param>
    /// <param name="wanted">The value at the one path, or an array with those at all paths. ENVIRONMENT stands for the
    /// set's.</param>
    /// <param name="breakTo">What is set where in the first such resource, to break the rule.</param>
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
