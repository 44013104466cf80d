using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Everything is ours by its tags, in one place, and named as Azure allows.</summary>
internal static partial class GeneralPolicies
{
    private static readonly string[] EverywhereTypes =
    [
        "Microsoft.Resources/resourceGroups", "Microsoft.ManagedIdentity/userAssignedIdentities", Accounts, BlobServices, Containers,
        TableServices, Tables, Lifecycles, Roles, Diagnostics, Plans, Sites, PublishingPasswords, Workspaces, Insights, Workbooks,
        LogAlerts, MetricAlerts, ActionGroups, WebTests, Budgets,
    ];

    public static IReadOnlyList<Policy> All { get; } =
    [
        Only("Trials are of these types of resources and of no other", ["dev"]),
        Only("Production has a lock beside them, and nothing else", ["prod"], Locks),
        Only(
            "A Front Door adds its own types, and nothing else", Policy.BehindFrontDoor, Locks, FrontDoors, FrontDoorEndpoints, Routes,
            Domains, "Microsoft.Cdn/profiles/originGroups", Origins, RuleSets, Rules, Protections,
            Firewalls),
        Only(
            "A private network adds its own types, and nothing else", Policy.OnPrivateNetwork, Locks, Networks, SecurityGroups,
            Endpoints, ZoneGroups, Zones, ZoneLinks),
        new(
            "Everything that has a place has our tags, by which teardown.sh knows it",
            Policy.Everywhere,
            all => all.All.Where(resource => resource["location"] is not null)
                .Where(resource =>
                    resource.Text("tags.project") != "phucthuan" || resource.Text("tags.environment").Length == 0)
                .Select(ResourceExtensions.Name),
            all => all.Single(Workspaces)["tags"]!.AsObject().Remove("project")),
        new(
            "Everything is in the region that was asked for, or everywhere",
            Policy.Everywhere,
            all =>
                all.All.Where(resource =>
                    resource["location"] is not null && resource.Text("location") is not ("southeastasia" or "global"))
                .Select(ResourceExtensions.Name),
            all => all.Single(Plans).Set("location", "eastus")),
        new(
            "Everything is in the portal's resource group",
            Policy.Everywhere,
            all =>
                all.All.Where(resource =>
                    !resource.Id().Contains("/resourceGroups/rg-phucthuan-", StringComparison.Ordinal))
                    .Select(ResourceExtensions.Name),
            all =>
                all.Single(Budgets)
                    .Set("id", $"/subscriptions/{Bicep.SubscriptionId}/providers/Microsoft.Consumption/budgets/b")),
        new(
            "No interface of Azure is a preview, but that of diagnostics, which has no other",
            Policy.Everywhere,
            all =>
                all.All.Where(resource =>
                    resource.Text("apiVersion").EndsWith("-preview", StringComparison.Ordinal)
                        && resource.Text("type") != Diagnostics)
                .Select(ResourceExtensions.Name),
            all => all.Single(Plans).Set("apiVersion", "2021-01-01-preview")),
        new(
            "Accounts are named as Azure allows",
            Policy.Everywhere,
            all => all.Every(Accounts, account => AccountName().IsMatch(account.Name())),
            all => all.OfType(Accounts)[0].Set("name", "phuc-thuan-host")),
        new(
            "Production and trial share nothing",
            Policy.Everywhere,
            all => all.All.Where(resource => resource.Text("tags.environment") is { Length: > 0 } environment
                && !resource.Id()
                    .Contains(
                        $"/resourceGroups/rg-phucthuan-{environment}",
                        StringComparison.Ordinal)).Select(ResourceExtensions.Name),
            all => all.Single(Workspaces).Set("tags.environment", "dev")),
    ];

    /// <summary>Broken by a rule that keeps all alerts from ringing, which no other rule would see.</summary>
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
