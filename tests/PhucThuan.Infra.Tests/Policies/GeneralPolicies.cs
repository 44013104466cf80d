using System.Text.RegularExpressions;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Everything is ours by its tags, in one place, and named as Azure allows.</summary>
internal static partial class GeneralPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        new(
            "Everything that has a place has our tags, by which teardown.sh knows it",
            Policy.Everywhere,
            all => all.All.Where(resource => resource["location"] is not null)
                .Where(resource => resource.Text("tags.project") != "phucthuan" || resource.Text("tags.environment").Length == 0)
                .Select(ResourceExtensions.Name),
            all => all.Single(Workspaces)["tags"]!.AsObject().Remove("project")),
        new(
            "Everything is in the region that was asked for, or everywhere",
            Policy.Everywhere,
            all => all.All.Where(resource => resource["location"] is not null && resource.Text("location") is not ("southeastasia" or "global"))
                .Select(ResourceExtensions.Name),
            all => all.Single(Plans).Set("location", "eastus")),
        new(
            "Everything is in the portal's resource group",
            Policy.Everywhere,
            all => all.All.Where(resource => !resource.Id().Contains("/resourceGroups/rg-phucthuan-", StringComparison.Ordinal)).Select(ResourceExtensions.Name),
            all => all.Single(Budgets).Set("id", $"/subscriptions/{Bicep.SubscriptionId}/providers/Microsoft.Consumption/budgets/b")),
        new(
            "No interface of Azure is a preview, but that of diagnostics, which has no other",
            Policy.Everywhere,
            all => all.All.Where(resource => resource.Text("apiVersion").EndsWith("-preview", StringComparison.Ordinal) && resource.Text("type") != Diagnostics)
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
                && !resource.Id().Contains($"/resourceGroups/rg-phucthuan-{environment}", StringComparison.Ordinal)).Select(ResourceExtensions.Name),
            all => all.Single(Workspaces).Set("tags.environment", "dev")),
    ];

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex AccountName();
}
