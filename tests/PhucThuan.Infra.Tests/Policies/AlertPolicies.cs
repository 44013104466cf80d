using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static PhucThuan.Infra.Tests.Policies.Types;

namespace PhucThuan.Infra.Tests.Policies;

/// <summary>Somebody is told when the portal fails, is slow, loses storage or counts nobody.</summary>
internal static class AlertPolicies
{
    /// <summary>Name, how far an alert looks back, how often it looks, and how bad it is.</summary>
    private static readonly string[] Timings =
    [
        "failures PT15M PT15M 1", "latency PT1H PT1H 2", "log-limit PT1H PT1H 2", "no-visits P1D PT1H 2",
        "storage-errors PT15M PT5M 1", "unreachable PT30M PT5M 1",
    ];

    public static IReadOnlyList<Policy> All { get; } =
    [
        LogAlert(
            "More than five requests that fail ring, and readers who leave do not",
            "failures",
            """
            union AppTraces, AppExceptions
            | where SeverityLevel >= 3
            | extend request = iff(isempty(OperationId), tostring(new_guid()), OperationId)
            | extend text = strcat(Message, ' ', OuterMessage, ' ', InnermostMessage, ' ', tostring(Details))
            | summarize leavings = countif(text has_any ('RequestCanceled', 'RequestBodyCanceled', 'ResponseBodyCanceled')) by request
            | where leavings == 0

            """,
            "GreaterThan",
            5,
            ("query", "AppExceptions")),
        LogAlert(
            "Slow pages ring when half of the tests are slow",
            "latency",
            """AppAvailabilityResults | where Name == "page-phucthuan-ENVIRONMENT" and DurationMs > 3000""",
            "GreaterThan",
            5,
            ("threshold", 100)),
        LogAlert(
            "A day without a visit rings",
            "no-visits",
            """AppAvailabilityResults | where Name == "visits-phucthuan-ENVIRONMENT" and Success == true""",
            "LessThan",
            1,
            ("operator", "LessThanOrEqual")),
        LogAlert(
            "Logs that are full, so that no other alert reads any, ring",
            "log-limit",
            "_LogOperation | where Category =~ \"Ingestion\" and Detail contains \"OverQuota\"",
            "GreaterThan",
            0,
            ("failingPeriods", null)),
        Policy.Exactly(
            "A portal that does not answer rings, by a metric which no limit of logs blinds",
            Policy.Everywhere,
            (MetricAlerts, "unreachable-"),
            "properties.criteria.allOf",
            """
            [{
              "name": "answered", "criterionType": "StaticThresholdCriterion",
              "metricNamespace": "Microsoft.Insights/components", "metricName": "availabilityResults/availabilityPercentage",
              "timeAggregation": "Average", "operator": "LessThan", "threshold": 50,
              "dimensions": [{"name": "availabilityResult/name", "operator": "Include", "values": ["page-phucthuan-ENVIRONMENT"]}]
            }]
            """,
            ("properties.criteria.allOf.0.dimensions.0.operator", "Exclude")),
        Policy.Exactly(
            "Storage that fails, or refuses the app, rings",
            Policy.Everywhere,
            (MetricAlerts, "storage-errors-"),
            "properties.criteria.allOf",
            """
            [{
              "name": "failed", "criterionType": "StaticThresholdCriterion",
              "metricNamespace": "Microsoft.Storage/storageAccounts", "metricName": "Transactions",
              "timeAggregation": "Total", "operator": "GreaterThan", "threshold": 10,
              "dimensions": [{
                "name": "ResponseType", "operator": "Include",
                "values": ["AuthorizationError", "NetworkError", "ServerBusyError", "ServerOtherError", "ServerTimeoutError"]
              }]
            }]
            """,
            ("properties.criteria.allOf.0.timeAggregation", "Average")),
        new(
            "Alerts look often enough, and back for as long as they are meant to",
            Policy.Everywhere,
            all =>
                Alerts(all)
                    .Select(Timing)
                    .Order(StringComparer.Ordinal)
                    .Except(Timings)
                    .Concat(Timings.Except(Alerts(all).Select(Timing))),
            all => all.Single(LogAlerts, "no-visits").Set("properties.windowSize", "PT1H")),
        new(
            "Each account and Application Insights are looked at",
            Policy.Everywhere,
            all =>
                all.OfType(Accounts)
                    .Concat(all.OfType(Insights))
                    .Where(watched => !all.OfType(MetricAlerts).Any(alert =>
                alert.Texts("properties.scopes").SequenceEqual([watched.Id()]))).Select(ResourceExtensions.Name),
            all =>
                all.OfType(MetricAlerts)[2]
                    .Set("properties.scopes.0", all.OfType(MetricAlerts)[1].Text("properties.scopes.0"))),
        new(
            "Every alert is on",
            Policy.Everywhere,
            all => Alerts(all).Where(alert => !alert.Is("properties.enabled", true)).Select(ResourceExtensions.Name),
            all => all.Single(LogAlerts, "latency").Set("properties.enabled", false)),
        Policy.Exactly(
            "Log alerts are never muted, and end when what rang has ended",
            Policy.Everywhere,
            (LogAlerts, ""),
            "properties.autoMitigate properties.muteActionsDuration",
            "[true, null]",
            ("properties.muteActionsDuration", "P1D")),
        Policy.Exactly(
            "Metric alerts end when what rang has ended, so that they can ring again",
            Policy.Everywhere,
            (MetricAlerts, ""),
            "properties.autoMitigate",
            "true",
            ("properties.autoMitigate", false)),
        new(
            "Every alert reaches the people",
            Policy.Everywhere,
            all =>
                Alerts(all)
                    .Where(alert => !Receivers(alert).Contains(all.Single(ActionGroups).Id()))
                    .Select(ResourceExtensions.Name),
            all => all.Single(LogAlerts, "failures").Set("properties.actions.actionGroups", new JsonArray())),
        new(
            "The people have an address",
            Policy.Everywhere,
            all => all.Every(ActionGroups, group => group.Is("properties.enabled", true)
                && group.List("properties.emailReceivers")
                    .Any(mail => mail.Text("emailAddress").Contains('@', StringComparison.Ordinal))),
            all => all.Single(ActionGroups).Set("properties.emailReceivers", new JsonArray())),
        new(
            "Every log alert asks the workspace",
            Policy.Everywhere,
            all =>
                all.Every(
                    LogAlerts, alert => alert.Texts("properties.scopes").SequenceEqual([all.Single(Workspaces).Id()])),
            all => all.Single(LogAlerts, "failures").Set("properties.scopes.0", all.Single(Insights).Id())),
        new(
            "Alerts that ask for a test ask for one that exists",
            Policy.Everywhere,
            all =>
                all.OfType(LogAlerts)
                    .Where(alert => Query(alert).Contains("AppAvailabilityResults", StringComparison.Ordinal)
                && !all.OfType(WebTests)
                    .Any(test =>
                        Query(alert).Contains($"\"{test.Text("properties.Name")}\"", StringComparison.Ordinal)))
                .Select(ResourceExtensions.Name),
            all => all.Single(WebTests, "visits").Set("properties.Name", "other")),
        new(
            "Tests ask the portal's public address by HTTPS",
            Policy.Everywhere,
            all => all.Every(WebTests, test => test.Text("properties.Request.RequestUrl")
                    .StartsWith(FunctionAppPolicies.Setting(all, "Site__Address") + "/", StringComparison.Ordinal)
                && test.Text("properties.Request.RequestUrl").StartsWith("https://", StringComparison.Ordinal)
                && test.Is("properties.Request.HttpVerb", "GET")),
            all => all.Single(WebTests, "page").Set("properties.Request.RequestUrl", "http://phucthuan.example.vn/")),
        Policy.Exactly(
            "The test of the first page wants it with a certificate that lasts, from three places",
            Policy.Everywhere,
            (WebTests, "page-"),
            "properties.ValidationRules properties.Locations",
            """
            [
              {"ExpectedHttpStatusCode": 200, "SSLCheck": true, "SSLCertRemainingLifetimeCheck": 7, "ContentValidation": null},
              [{"Id": "apac-sg-sin-azr"}, {"Id": "apac-hk-hkn-azr"}, {"Id": "apac-jp-kaw-edge"}]
            ]
            """,
            ("properties.ValidationRules.ExpectedHttpStatusCode", 0)),
        Policy.Exactly(
            "The test of visits fails while nobody was counted today",
            Policy.Everywhere,
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
            "Tests are made every quarter of an hour, and again before they count as failed",
            Policy.Everywhere,
            (WebTests, ""),
            "kind properties.Kind properties.Enabled properties.Frequency properties.Timeout properties.RetryEnabled",
            """["standard", "standard", true, 900, 30, true]""",
            ("properties.Enabled", false)),
        new(
            "Tests belong to Application Insights, or their results are lost",
            Policy.Everywhere,
            all =>
                all.Every(
                    WebTests, test => test["tags"]!.AsObject().ContainsKey("hidden-link:" + all.Single(Insights).Id())),
            all => all.Single(WebTests, "page")["tags"]!.AsObject().Remove("hidden-link:" + all.Single(Insights).Id())),
    ];

    private static string Timing(JsonObject alert) =>
        $"{Regex.Match(alert.Name(), "^[a-z]+(-[a-z]+)?(?=-phucthu)").Value} {alert.Text("properties.windowSize")} "
            + $"{alert.Text("properties.evaluationFrequency")} {alert.Text("properties.severity")}";

    private static Policy LogAlert(
        string name,
        string rule,
        string query,
        string compares,
        int threshold,
        (string Part, JsonNode? Value) breakTo) =>
        Policy.Exactly(
            name,
            Policy.Everywhere,
            (LogAlerts, rule + "-phucthuan"),
            "properties.criteria.allOf",
            $$"""
            [{
              "query": {{JsonValue.Create(query).ToJsonString()}}, "timeAggregation": "Count", "operator": "{{compares}}", "threshold": {{threshold}},
              "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}
            }]
            """,
            ("properties.criteria.allOf.0." + breakTo.Part, breakTo.Value));

    private static string Query(JsonObject alert) => alert.Text("properties.criteria.allOf.0.query");

    private static IEnumerable<JsonObject> Alerts(Resources all) =>
        all.OfType(LogAlerts).Concat(all.OfType(MetricAlerts));

    private static IEnumerable<string> Receivers(JsonObject alert) => alert.Texts("properties.actions.actionGroups")
        .Concat(
            alert.At("properties.actions") is JsonArray actions
                ? actions.Select(action => action.Text("actionGroupId"))
                : []);
}
