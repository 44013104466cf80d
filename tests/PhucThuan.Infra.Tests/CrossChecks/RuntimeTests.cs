using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PhucThuan.Infra.Tests.Policies;
using PhucThuan.Portal.Visits;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>The templates match the runtime, routes and responses of the function app.</summary>
public sealed partial class RuntimeTests(CompiledInfra infra)
{
    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    public static TheoryData<string> WatchedSets => [.. Policy.Watched];

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void The_runtime_is_the_target_framework(string set)
    {
        var framework = XDocument.Parse(Repository.Read("Directory.Build.props"))
            .Descendants("TargetFramework")
            .Single().Value;

        Assert.Equal(
            "net" + infra.Resources(set).Single(Types.Sites).Text("properties.functionAppConfig.runtime.version"),
            framework);
    }

    [Fact]
    public void The_function_app_is_a_v4_worker_with_host_json()
    {
        var project = XDocument.Parse(Repository.Read("functions/PhucThuan.Functions/PhucThuan.Functions.csproj"));

        Assert.Equal("v4", project.Descendants("AzureFunctionsVersion").Single().Value);
        Assert.Contains(
            project.Descendants("PackageReference"),
            package => (string?)package.Attribute("Include") == "Microsoft.Azure.Functions.Worker");
        Assert.Contains(
            project.Descendants("None"),
            file =>
                (string?)file.Attribute("Link") == "host.json" && file.Attribute("CopyToPublishDirectory") is not null);
    }

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void Availability_tests_request_existing_routes(string set)
    {
        var prefix = JsonNode.Parse(Repository.Read("host.json")).Text("extensions.http.routePrefix");
        var paths = infra.Resources(set).OfType(Types.WebTests)
            .Select(test => new Uri(test.Text("properties.Request.RequestUrl")).AbsolutePath.TrimStart('/'))
            .Where(path => path.Length > 0);

        Assert.Equal("", prefix);
        Assert.All(paths, path => Assert.Contains(path, Code.Functions.Select(Code.RouteOf)));
    }

    [Theory]
    [MemberData(nameof(WatchedSets))]
    public void The_availability_test_of_visits_matches_a_day_without_visits(string set)
    {
        var looksFor = infra.Resources(set)
            .Single(Types.WebTests, "visits")
            .Text("properties.ValidationRules.ContentValidation.ContentMatch");

        Assert.Contains(
            looksFor,
            JsonSerializer.Serialize(new VisitNumbers(1, 0, 2, null), JsonSerializerOptions.Web),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            looksFor,
            JsonSerializer.Serialize(new VisitNumbers(0, 10, 0, null), JsonSerializerOptions.Web),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ParameterSets))]
    public void The_log_level_setting_overrides_host_json(string set)
    {
        var levels = JsonNode.Parse(Repository.Read("host.json")).At("logging.logLevel")!.AsObject();
        var changed = FunctionAppPolicies.SettingNames(infra.Resources(set))
            .Where(name => name.StartsWith("AzureFunctionsJobHost__logging__logLevel__", StringComparison.Ordinal))
            .Select(name => name.Split("__")[^1]);

        // Log records of requests contain the paths of editors' links, which are secrets (SECURITY.md).
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    {
                      "default": "Information",
                      "Host.Results": "Warning",
                      "Microsoft.Azure.WebJobs.Script.WebHost.Middleware.SystemTraceMiddleware": "Warning"
                    }
                    """),
                levels),
            levels.ToJsonString());

        // A category in host.json would override the setting, or make it redundant.
        Assert.Equal(["Function"], changed);
        Assert.False(levels.ContainsKey("Function"));
    }

    [Theory]
    [InlineData("commune")]
    [InlineData("prod")]
    public void Alerts_and_workbook_query_metrics_that_the_app_sends(string set)
    {
        var all = infra.Resources(set);
        var sent = Row().Matches(Repository.Read("docs/telemetry.md")).Select(row => row.Groups[1].Value).ToList();
        var shown = Metric()
            .Matches(Repository.Read("infra/modules/workbook.json"))
            .Select(name => name.Value)
            .Distinct();
        var watched = all.OfType(Types.LogAlerts)
            .Concat(all.OfType(Types.MetricAlerts))
            .SelectMany(alert => Metric().Matches(alert.ToJsonString()).Select(name => name.Value))
            .Distinct();

        Assert.Equal(sent.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        Assert.NotEmpty(watched);
        Assert.Empty(watched.Except(sent));
    }

    [Fact]
    public void The_host_uses_OpenTelemetry_and_records_no_span() => Assert.All(
        Repository.ParameterSets,
        set =>
        {
            Assert.Equal("OpenTelemetry", JsonNode.Parse(Repository.Read("host.json")).Text("telemetryMode"));
            Assert.Equal(
                "microsoft.fixed_percentage", FunctionAppPolicies.Setting(infra.Resources(set), "OTEL_TRACES_SAMPLER"));
            Assert.Equal("0", FunctionAppPolicies.Setting(infra.Resources(set), "OTEL_TRACES_SAMPLER_ARG"));
        });

    /// <summary>Each run of a timer starts a separate instance, which is billed.</summary>
    [Fact]
    public void Timers_run_once_an_hour_and_once_a_night() => Assert.Equal(
        ["0 30 18 * * *", "0 45 * * * *"],
        Code.Functions.Select(Code.ScheduleOf).OfType<string>().Order(StringComparer.Ordinal));

    [Fact]
    public void There_is_a_timer_that_needs_host_storage() =>
        Assert.Contains(Code.Functions, function => Code.RouteOf(function) is null);

    [GeneratedRegex(
        @"(?<=')portal\.[a-z_.]+(?=')|(?<="")portal\.[a-z_.]+(?="")|(?<=\\u0027)portal\.[a-z_.]+(?=\\u0027)")]
    private static partial Regex Metric();

    /// <summary>A row of the table of instruments.</summary>
    [GeneratedRegex(@"^\| `(portal\.[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
