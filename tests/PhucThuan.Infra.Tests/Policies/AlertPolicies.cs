using System.Text.Json.Nodes;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Somebody is told when the portal fails, is slow, loses storage or counts nobody.</summary>
internal static class AlertPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        Exists("Errors in the log ring", "failures", "AppExceptions", "GreaterThan", "PT15M"),
        Exists("A portal that does not answer rings", "unreachable", "Success == false", "GreaterThan", "PT1H"),
        Exists("Slow pages ring", "latency", "DurationMs > 3000", "GreaterThan", "PT1H"),
        Exists("A day without a visit rings", "no-visits", "Success == true", "LessThan", "P1D"),
        new(
            "Failing storage rings, for each account",
            Policy.Everywhere,
            all => all.OfType(Accounts).Where(account => !all.OfType(MetricAlerts).Any(alert =>
                alert.Texts("properties.scopes").Contains(account.Id())
                && alert.Is("properties.criteria.allOf.0.metricName", "Transactions")
                && Failures(alert).Contains("ServerOtherError"))).Select(ResourceExtensions.Name),
            all => all.Remove(all.OfType(MetricAlerts)[1])),
        new(
            "Storage that refuses the app counts as failing",
            Policy.Everywhere,
            all => all.Every(MetricAlerts, alert => Failures(alert).Contains("AuthorizationError")),
            all => all.OfType(MetricAlerts)[0].At("properties.criteria.allOf.0.dimensions.0.values")!.AsArray().RemoveAt(0)),
        new(
            "Every alert is on",
            Policy.Everywhere,
            all => Alerts(all).Where(alert => !alert.Is("properties.enabled", true)).Select(ResourceExtensions.Name),
            all => all.Single(LogAlerts, "latency").Set("properties.enabled", false)),
        new(
            "Every alert reaches the people",
            Policy.Everywhere,
            all => Alerts(all).Where(alert => !Receivers(alert).Contains(all.Single(ActionGroups).Id())).Select(ResourceExtensions.Name),
            all => all.Single(LogAlerts, "failures").Set("properties.actions.actionGroups", new JsonArray())),
        new(
            "The people have an address",
            Policy.Everywhere,
            all => all.Every(ActionGroups, group => group.Is("properties.enabled", true)
                && group.List("properties.emailReceivers").Any(mail => mail.Text("emailAddress").Contains('@', StringComparison.Ordinal))),
            all => all.Single(ActionGroups).Set("properties.emailReceivers", new JsonArray())),
        new(
            "Every log alert asks the workspace",
            Policy.Everywhere,
            all => all.Every(LogAlerts, alert => alert.Texts("properties.scopes").SequenceEqual([all.Single(Workspaces).Id()])),
            all => all.Single(LogAlerts, "failures").Set("properties.scopes.0", all.Single(Insights).Id())),
        new(
            "Alerts that ask for a test ask for one that exists",
            Policy.Everywhere,
            all => all.OfType(LogAlerts).Where(alert => Query(alert).Contains("AppAvailabilityResults", StringComparison.Ordinal)
                && !all.OfType(WebTests).Any(test => Query(alert).Contains($"\"{test.Text("properties.Name")}\"", StringComparison.Ordinal)))
                .Select(ResourceExtensions.Name),
            all => all.Single(WebTests, "visits").Set("properties.Name", "other")),
        new(
            "Tests ask the portal's public address by HTTPS, and look at its certificate",
            Policy.Everywhere,
            all => all.Every(WebTests, test => test.Text("properties.Request.RequestUrl")
                    .StartsWith(FunctionAppPolicies.Setting(all, "Site__Address") + "/", StringComparison.Ordinal)
                && test.Text("properties.Request.RequestUrl").StartsWith("https://", StringComparison.Ordinal)
                && test.Is("properties.ValidationRules.SSLCheck", true)),
            all => all.Single(WebTests, "page").Set("properties.Request.RequestUrl", "http://phucthuan.example.vn/")),
        new(
            "The test of visits fails while nobody was counted today",
            Policy.Everywhere,
            all => all.Single(WebTests, "visits") is var test
                && test.Is("properties.ValidationRules.ContentValidation.ContentMatch", "\"today\":0,")
                && test.Is("properties.ValidationRules.ContentValidation.PassIfTextFound", false) ? [] : ["visits"],
            all => all.Single(WebTests, "visits").Set("properties.ValidationRules.ContentValidation.PassIfTextFound", true)),
        new(
            "Tests belong to Application Insights, or their results are lost",
            Policy.Everywhere,
            all => all.Every(WebTests, test => test["tags"]!.AsObject().ContainsKey("hidden-link:" + all.Single(Insights).Id())),
            all => all.Single(WebTests, "page")["tags"]!.AsObject().Remove("hidden-link:" + all.Single(Insights).Id())),
    ];

    private static Policy Exists(string name, string rule, string asks, string compares, string window) => new(
        name,
        Policy.Everywhere,
        all => all.Some(LogAlerts, alert => alert.Name().StartsWith(rule + "-", StringComparison.Ordinal)
            && Query(alert).Contains(asks, StringComparison.Ordinal)
            && alert.Is("properties.criteria.allOf.0.operator", compares)
            && alert.Is("properties.windowSize", window)),
        all => all.Remove(all.Single(LogAlerts, rule + "-")));

    private static string Query(JsonObject alert) => alert.Text("properties.criteria.allOf.0.query");

    private static IEnumerable<string> Failures(JsonObject alert) => alert.Texts("properties.criteria.allOf.0.dimensions.0.values");

    private static IEnumerable<JsonObject> Alerts(Resources all) => all.OfType(LogAlerts).Concat(all.OfType(MetricAlerts));

    private static IEnumerable<string> Receivers(JsonObject alert) => alert.Texts("properties.actions.actionGroups")
        .Concat(alert.At("properties.actions") is JsonArray actions ? actions.Select(action => action.Text("actionGroupId")) : []);
}
