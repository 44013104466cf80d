using System.Text.Json.Nodes;
using PhucThuan.Portal.Editors;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>The complete list of role assignments: one more, or a wider one, violates a policy.</summary>
internal static class AccessPolicies
{
    private const string Delegator = "Storage Blob Delegator";

    private static readonly Dictionary<string, string> RoleNames = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["db58b8e5-c6ad-4a2a-8342-4190687cbf4a"] = Delegator,
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    private static readonly string[] ChangingActions = ["write", "add/action", "delete", "move/action"];

    public static IReadOnlyList<Policy> All { get; } =
    [
        new(
            "The app has exactly these roles",
            Policy.Everywhere,
            all => Differences(
                all,
                role => IsApp(role) && !IsDelegator(role),
                "Monitoring Metrics Publisher on appi",
                "Storage Blob Data Contributor on data/catalogue",
                "Storage Blob Data Contributor on data/checkpoints",
                "Storage Blob Data Contributor on data/drafts",
                "Storage Blob Data Contributor on data/pictures",
                "Storage Blob Data Owner on host",
                "Storage Blob Data Reader on data/articles",
                "Storage Blob Data Reader on data/media",
                "Storage Table Data Contributor on data/visitors",
                "Storage Table Data Contributor on data/visits",
                "Storage Table Data Contributor on host"),
            all => all.OfType(Roles).First(role => Grant(role) == "Storage Blob Data Reader on data/media")
                .Set("properties.roleDefinitionId", "/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe")),
        new(
            "The app signs links to files of the content account",
            Policy.Linking,
            all => Grants(all).SequenceEqual([$"{Delegator} on data"]) ? [] : Grants(all).Prepend("not exactly one"),
            all => all.Remove(all.OfType(Roles).Single(IsDelegator))),
        new(
            "The app signs no links where readers cannot reach storage",
            Policy.NotLinking,
            Grants,
            Delegate),
        new(
            "The app cannot change drafts: a condition limits its role to the blob of the editors' link",
            Policy.Everywhere,
            all =>
                all.OfType(Roles)
                    .Where(IsApp)
                    .Where(role => Grant(role) == "Storage Blob Data Contributor on data/drafts")
                    .Where(role =>
                        !role.Is("properties.conditionVersion", "2.0")
                        || !role.Text("properties.condition")
                            .Contains($"blobs:path] StringEquals '{EditorsKey.BlobName}'", StringComparison.Ordinal)
                        || !ChangingActions.All(action =>
                            role.Text("properties.condition").Contains(Forbids(action), StringComparison.Ordinal)))
                    .Select(Grant),
            all =>
                all.OfType(Roles)
                    .First(role => IsApp(role) && Grant(role) == "Storage Blob Data Contributor on data/drafts")
                    .Set("properties.condition", "")),
        new(
            "The app can append checkpoints but not change them: its role has a condition",
            Policy.Everywhere,
            all => all.OfType(Roles)
                .Where(role => IsApp(role) && Grant(role) == "Storage Blob Data Contributor on data/checkpoints")
                .Where(role => !role.Is("properties.conditionVersion", "2.0")
                    || role.Text("properties.condition").Contains("add/action", StringComparison.Ordinal)
                    || !ChangingActions.Except(["add/action"]).All(action =>
                        role.Text("properties.condition").Contains(Forbids(action), StringComparison.Ordinal)))
                .Select(Grant),
            all => all.OfType(Roles)
                .First(role => IsApp(role) && Grant(role) == "Storage Blob Data Contributor on data/checkpoints")
                .Set("properties.condition", "")),
        new(
            "The app can store pictures but not delete them: its role has a condition",
            Policy.Everywhere,
            all => all.OfType(Roles)
                .Where(role => IsApp(role) && Grant(role) == "Storage Blob Data Contributor on data/pictures")
                .Where(role => !role.Is("properties.conditionVersion", "2.0")
                    || role.Text("properties.condition") != $"({Forbids("delete")} AND {Forbids("move/action")})")
                .Select(Grant),
            all => all.OfType(Roles)
                .First(role => IsApp(role) && Grant(role) == "Storage Blob Data Contributor on data/pictures")
                .Set("properties.condition", $"({Forbids("move/action")})")),
        new(
            "Editors can write to their containers only",
            Policy.Everywhere,
            all => Differences(
                all,
                IsEditors,
                "Storage Blob Data Contributor on data/articles",
                "Storage Blob Data Contributor on data/drafts",
                "Storage Blob Data Contributor on data/media"),
            Widen),
        new(
            "Editors are an Entra group",
            Policy.Everywhere,
            all =>
                all.OfType(Roles)
                    .Where(IsEditors)
                    .Where(role => !role.Is("properties.principalType", "Group"))
                    .Select(Grant),
            all => all.OfType(Roles).First(IsEditors).Set("properties.principalType", "User")),
        new(
            "The deployer gets one role, on the packages",
            Policy.Everywhere,
            all =>
                Differences(
                    all, role => !IsApp(role) && !IsEditors(role), "Storage Blob Data Contributor on host/packages"),
            all => all.OfType(Roles).Single(role => !IsApp(role) && !IsEditors(role))
                .Set("properties.roleDefinitionId", "/roleDefinitions/b7e6dc6d-f1e8-4753-8033-0f276bb0955b")),
        new(
            "Every role is scoped to a resource of the portal",
            Policy.Everywhere,
            all =>
                all.OfType(Roles)
                    .Where(role => !role.Id().Contains("/Microsoft.Storage/storageAccounts/", StringComparison.Ordinal)
                && !role.Id().Contains("/Microsoft.Insights/components/", StringComparison.Ordinal)).Select(Grant),
            Reach),
    ];

    private static bool IsDelegator(JsonObject role) => Grant(role).StartsWith(Delegator, StringComparison.Ordinal);

    private static IEnumerable<string> Grants(Resources all) => all.OfType(Roles).Where(IsDelegator).Select(Grant);

    private static string Forbids(string action) =>
        $"!(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/{action}'}})";

    private static bool IsApp(JsonObject role) =>
        role.Text("properties.principalId").Contains("/userAssignedIdentities/id-phucthuan", StringComparison.Ordinal);

    private static bool IsEditors(JsonObject role) => role.Is("properties.principalId", Bicep.EditorsGroupId);

    /// <summary>
    /// Unexpected and missing role assignments. In dev, the editors' group is optional.
    /// </summary>
    private static IEnumerable<string> Differences(
        Resources all, Func<JsonObject, bool> isTheirs, params string[] wanted)
    {
        var granted = all.OfType(Roles).Where(isTheirs).Where(role => Grant(role).Length > 0).Select(Grant).ToList();
        return granted.Except(wanted).Select(grant => "too much: " + grant)
            .Concat(wanted.Except(granted).Select(grant => "missing: " + grant));
    }

    /// <summary><c>Storage Blob Data Reader on data/articles</c>; empty for a scope outside of the portal.</summary>
    private static string Grant(JsonObject role)
    {
        var id = role.Text("properties.roleDefinitionId").Split('/')[^1];
        var scope = role.Id()
            .Replace("[extensionResourceId('", "", StringComparison.Ordinal)
            .Split("/providers/Microsoft.Authorization", 2)[0]
            .Split("', 'Microsoft.Authorization", 2)[0]
            .Split("/providers/", 2)[^1]
            .Split('/');
        var place = scope[0] switch
        {
            "Microsoft.Storage" =>
                (scope[2].Contains("data", StringComparison.Ordinal) ? "data" : "host")
                    + (scope.Length > 3 ? "/" + scope[^1] : ""),
            "Microsoft.Insights" => "appi",
            _ => "",
        };
        return place.Length == 0 ? "" : $"{RoleNames.GetValueOrDefault(id, id)} on {place}";
    }

    /// <summary>The storage account of a container.</summary>
    private static void Widen(Resources all)
    {
        var role = all.OfType(Roles).First(IsEditors);
        role.Set("id", role.Id().Replace("/blobServices/default/containers/articles", "", StringComparison.Ordinal));
    }

    private static void Delegate(Resources all)
    {
        var role = all.OfType(Roles).First(IsApp).Copy();
        role.Set("properties.roleDefinitionId", "/roleDefinitions/db58b8e5-c6ad-4a2a-8342-4190687cbf4a");
        all.Add(role);
    }

    private static void Reach(Resources all)
    {
        var role = all.OfType(Roles).First(IsApp).Copy();
        role.Set(
            "id",
            $"/subscriptions/{Bicep.SubscriptionId}/resourceGroups/rg-phucthuan-prod/providers/"
                + "Microsoft.Authorization/roleAssignments/x");
        all.Add(role);
    }
}
