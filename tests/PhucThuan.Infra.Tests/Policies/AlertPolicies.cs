using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Alerts: failures, damaged rows, latency, storage errors, no visits, availability, log quota.</summary>
internal static class AlertPolicies
{
    /// <summary>Name, window, frequency and severity of each alert.</summary>
    private static readonly string[] Timings =
    [
        "damaged-row PT15M PT5M 1", "failures PT15M PT5M 1", "latency PT1H PT15M 2", "log-limit PT1H PT1H 2",
        "no-visits P1D PT1H 2", "storage-errors PT15M PT5M 1", "unreachable PT30M PT5M 1",
    ];

    public static IReadOnlyList<Policy> All { get; } =
    [
        MetricAlert(
            "More than five failed requests fire an alert",
            "failures",
            Metric("portal.request.failures", "Total", "GreaterThan", 5),
            ("metricName", "portal.request.failure")),
        MetricAlert(
            "One damaged row of the visit count fires an alert",
            "damaged-row",
            Metric("portal.damaged_rows", "Total", "GreaterThan", 0),
            ("threshold", 5)),
        MetricAlert(
            "An alert fires when the availability tests are slow",
            "latency",
            Availability("duration", "GreaterThan", 3000, "page"),
            ("timeAggregation", "Minimum")),
        MetricAlert(
            "A day without a visit fires an alert",
            "no-visits",
            Availability("availabilityPercentage", "LessThan", 1, "visits"),
            ("operator", "LessThanOrEqual")),
        MetricAlert(
            "An unreachable portal fires an alert",
            "unreachable",
            Availability("availabilityPercentage", "LessThan", 50, "page"),
            ("dimensions.0.operator", "Exclude")),
        LogAlert(
            "An exhausted log quota fires an alert",
            "log-limit",
            "_LogOperation | where Category =~ \"Ingestion\" and Detail contains \"OverQuota\"",
            "GreaterThan",
            0,
            ("failingPeriods", null)),
        LogAlert(
            "One alert covers failed requests, damaged rows and the absence of successful checks",
            "problems",
            """
            let measured = AppMetrics
            | where TimeGenerated > ago(150m) and Name startswith 'portal.';
            let failures = measured
            | where TimeGenerated > ago(30m) and Name == 'portal.request.failures'
            | summarize number = sum(Sum)
            | where number > 5
            | project problem = 'failures';
            let damaged = measured
            | where TimeGenerated > ago(30m) and Name == 'portal.damaged_rows'
            | summarize number = sum(Sum)
            | where number > 0
            | project problem = 'damaged-row';
            let unchecked = measured
            | where Name == 'portal.housekeeping.runs' and tostring(Properties.outcome) == 'succeeded'
            | summarize number = count()
            | where number == 0
            | project problem = 'self-check';
            union failures, damaged, unchecked

            """,
            "GreaterThan",
            0,
            ("threshold", 1),
            Policy.Economical),
        new(
            "The window of the alert covers the periods of its query",
            Policy.Economical,
            all => all.Every(LogAlerts, alert => alert.Is("properties.windowSize", "PT3H")
                && alert.Is("properties.evaluationFrequency", "PT15M")
                && alert.Is("properties.severity", 1)),
            all => all.Single(LogAlerts).Set("properties.windowSize", "PT1H")),
        new(
            "The alerts of a commune cost 0.50 a month: one log alert every 15 minutes, no time series, no test",
            Policy.Economical,
            all => all.OfType(LogAlerts).Skip(1).Concat(all.OfType(MetricAlerts)).Concat(all.OfType(WebTests))
                .Select(ResourceExtensions.Name),
            all =>
            {
                var copy = all.Single(LogAlerts).Copy();
                copy.Set("name", copy.Name() + "-2");
                all.Add(copy);
            }),
        Policy.Exactly(
            "Storage errors and authorization errors fire an alert",
            Policy.Watched,
            (MetricAlerts, "storage-errors-"),
            "properties.criteria.allOf",
            """
            [{
              "name": "failed", "criterionType": "StaticThresholdCriterion",
              "metricNamespace": "Microsoft.Storage/storageAccounts", "metricName": "Transactions",
              "timeAggregation": "Total", "operator": "GreaterThan", "threshold": 10,
              "dimensions": [{
                "name": "ResponseType", "operator": "Include",
                "values": ["AuthorizationError", "NetworkError", "ServerBusyError", "ServerOtherError",
                  "ServerTimeoutError"]
              }]
            }]
            """,
            ("properties.criteria.allOf.0.timeAggregation", "Average")),
        new(
            "Alerts have the expected window, frequency and severity",
            Policy.Watched,
            all =>
                Alerts(all)
                    .Select(Timing)
                    .Order(StringComparer.Ordinal)
                    .Except(Timings)
                    .Concat(Timings.Except(Alerts(all).Select(Timing))),
            all => all.Single(MetricAlerts, "no-visits").Set("properties.windowSize", "PT1H")),
        new(
            "Both accounts and Application Insights are monitored",
            Policy.Watched,
            all =>
                all.OfType(Accounts)
                    .Concat(all.OfType(Insights))
                    .Where(watched => !all.OfType(MetricAlerts).Any(alert =>
                alert.Texts("properties.scopes").SequenceEqual([watched.Id()]))).Select(ResourceExtensions.Name),
            all =>
                all.OfType(MetricAlerts)[^1]
                    .Set("properties.scopes.0", all.OfType(MetricAlerts)[^2].Text("properties.scopes.0"))),
        new(
            "Every alert is enabled",
            Policy.Everywhere,
            all => Alerts(all).Where(alert => !alert.Is("properties.enabled", true)).Select(ResourceExtensions.Name),
            all => all.Single(MetricAlerts, "latency").Set("properties.enabled", false)),
        Policy.Exactly(
            "Log alerts are not muted and resolve automatically",
            Policy.Everywhere,
            (LogAlerts, ""),
            "properties.autoMitigate properties.muteActionsDuration",
            "[true, null]",
            ("properties.muteActionsDuration", "P1D")),
        Policy.Exactly(
            "Metric alerts resolve automatically",
            Policy.Watched,
            (MetricAlerts, ""),
            "properties.autoMitigate",
            "true",
            ("properties.autoMitigate", false)),
        new(
            "Every alert has the action group",
            Policy.Everywhere,
            all =>
                Alerts(all)
                    .Where(alert => !Receivers(alert).Contains(all.Single(ActionGroups).Id()))
                    .Select(ResourceExtensions.Name),
            all => all.Single(LogAlerts).Set("properties.actions.actionGroups", new JsonArray())),
        new(
            "The action group has an email address",
            Policy.Everywhere,
            all => all.Every(ActionGroups, group => group.Is("properties.enabled", true)
                && group.List("properties.emailReceivers")
                    .Any(mail => mail.Text("emailAddress").Contains('@', StringComparison.Ordinal))),
            all => all.Single(ActionGroups).Set("properties.emailReceivers", new JsonArray())),
        new(
            "Every log alert queries the workspace",
            Policy.Everywhere,
            all =>
                all.Every(
                    LogAlerts, alert => alert.Texts("properties.scopes").SequenceEqual([all.Single(Workspaces).Id()])),
            all => all.Single(LogAlerts).Set("properties.scopes.0", all.Single(Insights).Id())),
        new(
            "Alerts watch availability tests that exist",
            Policy.Watched,
            all => all.OfType(MetricAlerts)
                .SelectMany(alert => alert.List("properties.criteria.allOf.0.dimensions"))
                .Where(dimension => dimension.Is("name", "availabilityResult/name"))
                .SelectMany(dimension => dimension.Texts("values"))
                .Except(all.OfType(WebTests).Select(test => test.Text("properties.Name"))),
            all => all.Single(WebTests, "visits").Set("properties.Name", "other")),
        new(
            "Availability tests request the public address with HTTPS",
            Policy.Watched,
            all => all.Every(WebTests, test => test.Text("properties.Request.RequestUrl")
                    .StartsWith(FunctionAppPolicies.Setting(all, "Site__Address") + "/", StringComparison.Ordinal)
                && test.Text("properties.Request.RequestUrl").StartsWith("https://", StringComparison.Ordinal)
                && test.Is("properties.Request.HttpVerb", "GET")),
            all => all.Single(WebTests, "page").Set("properties.Request.RequestUrl", "http://phucthuan.example.vn/")),
        Policy.Exactly(
            "The test of the home page checks status and certificate, from three locations",
            Policy.Watched,
            (WebTests, "page-"),
            "properties.ValidationRules properties.Locations",
            """
            [
              {"ExpectedHttpStatusCode": 200, "SSLCheck": true, "SSLCertRemainingLifetimeCheck": 7,
                "ContentValidation": null},
              [{"Id": "apac-sg-sin-azr"}, {"Id": "apac-hk-hkn-azr"}, {"Id": "apac-jp-kaw-edge"}]
            ]
            """,
            ("properties.ValidationRules.ExpectedHttpStatusCode", 0)),
        Policy.Exactly(
            "The test of visits fails while nothing was counted today",
            Policy.Watched,
            (WebTests, "visits-"),
            "properties.ValidationRules properties.Locations",
            """
            [
              {
                "ExpectedHttpStatusCode": 200, "SSLCheck": true, "SSLCertRemainingLifetimeCheck": 7,
                "ContentValidation": {"ContentMatch": "\"today\":0,", "PassIfTextFound": false}
              },
              [{"Id": "apac-sg-sin-azr"}]
            ]
            """,
            ("properties.ValidationRules.ContentValidation.PassIfTextFound", true)),
        Policy.Exactly(
            "Availability tests run every 15 minutes and retry",
            Policy.Watched,
            (WebTests, ""),
            "kind properties.Kind properties.Enabled properties.Frequency properties.Timeout properties.RetryEnabled",
            """["standard", "standard", true, 900, 30, true]""",
            ("properties.Enabled", false)),
        new(
            "Availability tests are linked to Application Insights",
            Policy.Watched,
            all =>
                all.Every(
                    WebTests, test => test["tags"]!.AsObject().ContainsKey("hidden-link:" + all.Single(Insights).Id())),
            all => all.Single(WebTests, "page")["tags"]!.AsObject().Remove("hidden-link:" + all.Single(Insights).Id())),
    ];

    private static string Timing(JsonObject alert) =>
        $"{Regex.Match(alert.Name(), "^[a-z]+(-[a-z]+)?(?=-phucthu)").Value} {alert.Text("properties.windowSize")} "
            + $"{alert.Text("properties.evaluationFrequency")} {alert.Text("properties.severity")}";

    /// <summary>A metric of the app, without dimensions.</summary>
    private static string Metric(string name, string aggregation, string compares, int threshold) => $$"""
        "metricNamespace": "azure.applicationinsights", "metricName": "{{name}}",
        "timeAggregation": "{{aggregation}}", "operator": "{{compares}}", "threshold": {{threshold}},
        "dimensions": [], "skipMetricValidation": true
        """;

    private static string Availability(string metric, string compares, int threshold, string test) => $$"""
        "metricNamespace": "Microsoft.Insights/components", "metricName": "availabilityResults/{{metric}}",
        "timeAggregation": "Average", "operator": "{{compares}}", "threshold": {{threshold}},
        "dimensions": [{"name": "availabilityResult/name", "operator": "Include",
          "values": ["{{test}}-phucthuan-ENVIRONMENT"]}],
        "skipMetricValidation": false
        """;

    private static Policy MetricAlert(
        string name, string rule, string criterion, (string Part, JsonNode? Value) breakTo) => Policy.Exactly(
            name,
            Policy.Watched,
            (MetricAlerts, rule + "-phucthuan"),
            "properties.criteria.allOf",
            $$"""[{"name": "{{rule}}", "criterionType": "StaticThresholdCriterion", {{criterion}}}]""",
            ("properties.criteria.allOf.0." + breakTo.Part, breakTo.Value));

    private static Policy LogAlert(
        string name,
        string rule,
        string query,
        string compares,
        int threshold,
        (string Part, JsonNode? Value) breakTo,
        IReadOnlyList<string>? sets = null) =>
        Policy.Exactly(
            name,
            sets ?? Policy.Watched,
            (LogAlerts, rule + "-phucthuan"),
            "properties.criteria.allOf",
            $$"""
            [{
              "query": {{JsonValue.Create(query).ToJsonString()}}, "timeAggregation": "Count",
                "operator": "{{compares}}", "threshold": {{threshold}},
              "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}
            }]
            """,
            ("properties.criteria.allOf.0." + breakTo.Part, breakTo.Value));

    private static IEnumerable<JsonObject> Alerts(Resources all) =>
        all.OfType(LogAlerts).Concat(all.OfType(MetricAlerts));

    private static IEnumerable<string> Receivers(JsonObject alert) => alert.Texts("properties.actions.actionGroups")
        .Concat(
            alert.At("properties.actions") is JsonArray actions
                ? actions.Select(action => action.Text("actionGroupId"))
                : []);
}
