using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Resource types, tags, regions, names and API versions.</summary>
internal static partial class GeneralPolicies
{
    private static readonly string[] EverywhereTypes =
    [
        "Microsoft.Resources/resourceGroups", "Microsoft.ManagedIdentity/userAssignedIdentities", Accounts,
        BlobServices, Containers,
        TableServices, Tables, Lifecycles, Roles, Diagnostics, Plans, Sites, PublishingPasswords, Workspaces, Insights,
        Workbooks,
        LogAlerts, ActionGroups, Budgets,
    ];

    private static readonly string[] WatchedTypes = [MetricAlerts, WebTests, Locks];

    public static IReadOnlyList<Policy> All { get; } =
    [
        Only("Trials have exactly these resource types", ["dev"]),
        Only("A commune has the same resource types, and a lock", ["commune"], Locks),
        Only("Production has availability tests, metric alerts and a lock", ["prod"], WatchedTypes),
        Only(
            "A Front Door adds its own resource types only", Policy.BehindFrontDoor,
            [
                .. WatchedTypes, FrontDoors, FrontDoorEndpoints, Routes, Domains, "Microsoft.Cdn/profiles/originGroups",
                Origins, RuleSets, Rules, Protections, Firewalls,
            ]),
        Only(
            "A private network adds its own resource types only", Policy.OnPrivateNetwork,
            [.. WatchedTypes, Networks, SecurityGroups, Endpoints, ZoneGroups, Zones, ZoneLinks]),
        new(
            "Every taggable resource has the tags that teardown.sh checks",
            Policy.Everywhere,
            all => all.All.Where(resource => resource["location"] is not null)
                .Where(resource =>
                    resource.Text("tags.project") != "phucthuan" || resource.Text("tags.environment").Length == 0)
                .Select(ResourceExtensions.Name),
            all => all.Single(Workspaces)["tags"]!.AsObject().Remove("project")),
        new(
            "Every resource is in the requested region, or global",
            Policy.Everywhere,
            all =>
                all.All.Where(resource =>
                    resource["location"] is not null && resource.Text("location") is not ("southeastasia" or "global"))
                .Select(ResourceExtensions.Name),
            all => all.Single(Plans).Set("location", "eastus")),
        new(
            "Every resource is in the portal's resource group",
            Policy.Everywhere,
            all =>
                all.All.Where(resource =>
                    !resource.Id().Contains("/resourceGroups/rg-phucthuan-", StringComparison.Ordinal))
                    .Select(ResourceExtensions.Name),
            all =>
                all.Single(Budgets)
                    .Set("id", $"/subscriptions/{Bicep.SubscriptionId}/providers/Microsoft.Consumption/budgets/b")),
        new(
            "No API version is a preview, except for diagnostic settings",
            Policy.Everywhere,
            all =>
                all.All.Where(resource =>
                    resource.Text("apiVersion").EndsWith("-preview", StringComparison.Ordinal)
                        && resource.Text("type") != Diagnostics)
                .Select(ResourceExtensions.Name),
            all => all.Single(Plans).Set("apiVersion", "2021-01-01-preview")),
        new(
            "Storage accounts have valid names",
            Policy.Everywhere,
            all => all.Every(Accounts, account => AccountName().IsMatch(account.Name())),
            all => all.OfType(Accounts)[0].Set("name", "phuc-thuan-host")),
        new(
            "Production and trial share no resource",
            Policy.Everywhere,
            all => all.All.Where(resource => resource.Text("tags.environment") is { Length: > 0 } environment
                && !resource.Id()
                    .Contains(
                        $"/resourceGroups/rg-phucthuan-{environment}",
                        StringComparison.Ordinal)).Select(ResourceExtensions.Name),
            all => all.Single(Workspaces).Set("tags.environment", "dev")),
    ];

    /// <summary>An alert processing rule could suppress all alerts; no other policy would detect it.</summary>
    private static Policy Only(string name, IReadOnlyList<string> sets, params string[] added) => new(
        name,
        sets,
        all => all.All.Select(resource => resource.Text("type")).Distinct().Except([.. EverywhereTypes, .. added]),
        all => all.Add(new JsonObject
        {
            ["type"] = "Microsoft.AlertsManagement/actionRules",
            ["name"] = "quiet",
            ["id"] = all.Single("Microsoft.Resources/resourceGroups").Id()
                + "/providers/Microsoft.AlertsManagement/actionRules/quiet",
        }));

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex AccountName();
}
