using System.Text.Json;
using System.Text.Json.Nodes;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Logs: one workspace, identity only, retention and daily quota.</summary>
internal static class MonitoringPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        new(
            "The workspace accepts no key",
            Policy.Everywhere,
            all => all.Every(Workspaces, workspace => workspace.Is("properties.features.disableLocalAuth", true)),
            all => all.Single(Workspaces).Set("properties.features.disableLocalAuth", false)),
        new(
            "Application Insights accepts no key",
            Policy.Everywhere,
            all => all.Every(Insights, insights => insights.Is("properties.DisableLocalAuth", true)),
            all => all.Single(Insights).Set("properties.DisableLocalAuth", false)),
        new(
            "Application Insights writes into the workspace",
            Policy.Everywhere,
            all =>
                all.Every(
                    Insights, insights => insights.Is("properties.WorkspaceResourceId", all.Single(Workspaces).Id())),
            all => all.Single(Insights).At("properties")!.AsObject().Remove("WorkspaceResourceId")),
        new(
            "Application Insights masks addresses",
            Policy.Everywhere,
            all => all.Every(Insights, insights => insights.Is("properties.DisableIpMasking", false)),
            all => all.Single(Insights).Set("properties.DisableIpMasking", true)),
        new(
            "Logs are kept for at least 30 days",
            Policy.Everywhere,
            all => all.Every(Workspaces, workspace => workspace.Number("properties.retentionInDays") >= 30),
            all => all.Single(Workspaces).Set("properties.retentionInDays", 7)),
        new(
            "The workspace has a daily quota",
            Policy.Everywhere,
            all =>
                all.Every(
                    Workspaces,
                    workspace =>
                        workspace.At("properties.workspaceCapping.dailyQuotaGb")?.GetValue<double>() is > 0 and <= 1),
            all => all.Single(Workspaces).Set("properties.workspaceCapping.dailyQuotaGb", -1.0)),
        new(
            "Blob writes and deletes are logged",
            Policy.Everywhere,
            all =>
                all.OfType(BlobServices)
                    .Where(service => !Logs(all, service, "StorageWrite", "StorageDelete"))
                    .Select(ResourceExtensions.Name),
            all => Diagnostics(all, all.OfType(BlobServices)[0]).Set("properties.logs.1.enabled", false)),
        new(
            "Table writes are not logged: every visit is one",
            Policy.Everywhere,
            all =>
                all.OfType(TableServices)
                    .Where(service => Diagnostics(all, service).List("properties.logs").Any())
                    .Select(ResourceExtensions.Name),
            all => Diagnostics(all, all.Single(TableServices)).Set(
                "properties.logs", new JsonArray(
                    new JsonObject { ["category"] = "StorageWrite", ["enabled"] = true }))),
        new(
            "Function app logs go to the workspace",
            Policy.Everywhere,
            all => all.OfType(Sites).Where(site => !Logs(all, site, "FunctionAppLogs")).Select(ResourceExtensions.Name),
            all => Diagnostics(all, all.Single(Sites)).Set("properties.logs.0.enabled", false)),
        new(
            "Every storage service and the app send metrics",
            Policy.Everywhere,
            all => all.OfType(BlobServices).Concat(all.OfType(TableServices)).Concat(all.OfType(Sites))
                .Where(resource =>
                    !Diagnostics(all, resource).List("properties.metrics").Any(metric => metric.Is("enabled", true)))
                .Select(ResourceExtensions.Name),
            all => Diagnostics(all, all.Single(TableServices)).Set("properties.metrics.0.enabled", false)),
        new(
            "All diagnostic settings use the workspace",
            Policy.Everywhere,
            all => all.Every(Types.Diagnostics, each => each.Is("properties.workspaceId", all.Single(Workspaces).Id())),
            all => all.OfType(Types.Diagnostics)[0].Set("properties.workspaceId", "/subscriptions/other")),
        new(
            "The workbook is valid and queries existing tables",
            Policy.Everywhere,
            all =>
                all.Every(
                    Workbooks,
                    workbook =>
                        Queries(workbook.Text("properties.serializedData"))
                            is [_, _, _, _, _, _, _, var tests, var errors, var changes]
                        && tests.StartsWith("AppAvailabilityResults", StringComparison.Ordinal)
                        && errors.Contains("AppTraces", StringComparison.Ordinal)
                        && changes.StartsWith("StorageBlobLogs", StringComparison.Ordinal)),
            all => all.Single(Workbooks).Set("properties.serializedData", "{")),
        Policy.Exactly(
            "The budget warns on actual and forecast cost",
            Policy.Everywhere,
            (Budgets, ""),
            "properties.category properties.timeGrain properties.notifications",
            """
            ["Cost", "Monthly", {
              "spent80": {
                "enabled": true, "operator": "GreaterThanOrEqualTo", "threshold": 80, "thresholdType": "Actual",
                "contactEmails": ["ops@phucthuan.example.vn"]
              },
              "forecast100": {
                "enabled": true, "operator": "GreaterThanOrEqualTo", "threshold": 100, "thresholdType": "Forecasted",
                "contactEmails": ["ops@phucthuan.example.vn"]
              }
            }]
            """,
            ("properties.notifications.spent80.operator", "LessThan")),
        Amount("The budget of a commune is close to the costs in the README", Policy.Economical, 3, 6),
        Amount("The budget of production is close to the costs in the README", Policy.Production, 70, 150),
        new(
            "The budget starts on the first day of a month, as Azure requires",
            Policy.Everywhere,
            all =>
                all.Every(
                    Budgets,
                    budget => budget.Text("properties.timePeriod.startDate").EndsWith("-01", StringComparison.Ordinal)),
            all => all.Single(Budgets).Set("properties.timePeriod.startDate", "2026-11-24")),
    ];

    private static JsonObject Diagnostics(Resources all, JsonObject resource) => all.OfType(Types.Diagnostics)
        .Single(each =>
            each.Id().StartsWith(resource.Id() + "/providers/Microsoft.Insights/", StringComparison.Ordinal));

    private static bool Logs(Resources all, JsonObject resource, params string[] categories) =>
        categories.All(category =>
        Diagnostics(all, resource)
            .List("properties.logs")
            .Any(log => log.Is("category", category) && log.Is("enabled", true)));

    private static Policy Amount(string name, IReadOnlyList<string> sets, int least, int most) => new(
        name,
        sets,
        all =>
            all.Every(
                Budgets,
                budget => budget.Number("properties.amount") is var amount && amount >= least && amount <= most),
        all => all.Single(Budgets).Set("properties.amount", 10_000));

    private static List<string> Queries(string workbook)
    {
        try
        {
            return [.. JsonNode.Parse(workbook)
                .List("items")
                .Where(item => item.Is("type", 3))
                .Select(item => item.Text("content.query"))];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
