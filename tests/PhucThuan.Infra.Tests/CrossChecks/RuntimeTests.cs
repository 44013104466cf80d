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

        // Records of requests hold the paths of editors' links, which are secrets (SECURITY.md).
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    {
                      "default": "Information",
                      "Host.Results": "Warning",
                      "Function.Housekeeping": "Information",
                      "Microsoft.Azure.WebJobs.Script.WebHost.Middleware.SystemTraceMiddleware": "Warning"
                    }
                    """),
                levels),
            levels.ToJsonString());

        // The category in host.json would win over the setting, or make the setting redundant.
        Assert.Equal(["Function"], changed);
        Assert.False(levels.ContainsKey("Function"));
    }

    /// <summary>
    /// The host (4.1037) logs "Executed 'Functions.{name}' (Succeeded, Id=…, Duration=…ms)" at level Information in
    /// category Function.{name}. The setting above silences that, except for this function.
    /// </summary>
    [Theory]
    [InlineData("commune")]
    [InlineData("dev")]
    public void The_alert_waits_for_the_line_of_an_hourly_timer_that_the_host_logs(string set)
    {
        var query = infra.Resources(set).Single(Types.LogAlerts).Text("properties.criteria.allOf.0.query");
        var name = ExecutedLine().Match(query).Groups[1].Value;

        Assert.Equal("0 45 * * * *", Code.ScheduleOf(Code.Functions.Single(function => Code.NameOf(function) == name)));
        Assert.True(JsonNode.Parse(Repository.Read("host.json")).At("logging.logLevel")!.AsObject().ContainsKey("Function." + name));
    }

    /// <summary>Each timer starts an instance of its own when it fires.</summary>
    [Fact]
    public void Timers_run_once_an_hour_and_once_a_night() => Assert.Equal(
        ["0 30 18 * * *", "0 45 * * * *"],
        Code.Functions.Select(Code.ScheduleOf).OfType<string>().Order(StringComparer.Ordinal));

    [Fact]
    public void There_is_a_timer_that_needs_host_storage() =>
        Assert.Contains(Code.Functions, function => Code.RouteOf(function) is null);

    [GeneratedRegex("Executed 'Functions\\.(\\w+)' \\(Succeeded")]
    private static partial Regex ExecutedLine();
}
