using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PhucThuan.Infra.Tests.Policies;
using PhucThuan.Portal.Articles.Documents;
using PhucThuan.Portal.Media;

namespace PhucThuan.Infra.Tests.CrossChecks;

/// <summary>The scripts use names, routes and content types of the templates and the code.</summary>
public sealed partial class ScriptTests(CompiledInfra infra)
{
    private static readonly string AllScripts = string.Join('\n', Repository.Scripts.Select(File.ReadAllText));

    [Fact]
    public void Scripts_read_the_outputs_of_the_template()
    {
        var read = ReadOutput()
            .Matches(AllScripts)
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);
        var listed = OutputNames()
            .Match(AllScripts)
            .Groups[1].Value
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal);
        var made = Output()
            .Matches(Repository.Read("infra/main.bicep"))
            .Select(match => match.Groups[1].Value)
            .Order(StringComparer.Ordinal);

        Assert.Equal(made, listed);
        Assert.Equal(made, read);
    }

    [Fact]
    public void Scripts_compute_the_same_names_as_the_template()
    {
        var resources = infra.Resources("prod");

        Assert.Equal("rg-phucthuan-prod", resources.Single("Microsoft.Resources/resourceGroups").Name());
        Assert.Equal("budget-phucthuan-prod", resources.Single(Types.Budgets).Name());
        Assert.Equal("phucthuan", resources.Single("Microsoft.Resources/resourceGroups").Text("tags.project"));
        Assert.Equal("prod", resources.Single("Microsoft.Resources/resourceGroups").Text("tags.environment"));
        Assert.Contains("project=phucthuan\n", AllScripts, StringComparison.Ordinal);
        Assert.Contains("printf 'rg-%s-%s' \"$project\"", AllScripts, StringComparison.Ordinal);
        Assert.Contains("budget-$project-$environment", AllScripts, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameter_sets_are_named_after_their_environment() => Assert.All(
        Repository.ParameterSets,
        set =>
            Assert.Equal(
                set.Split('-')[0],
                infra.Resources(set).Single("Microsoft.Resources/resourceGroups").Text("tags.environment")));

    [Fact]
    public void Containers_that_scripts_use_exist()
    {
        var made = infra.Resources("prod").OfType(Types.Containers).Select(ResourceExtensions.LastName);
        var opened = OpenedContainer().Matches(AllScripts).Select(match => match.Groups[1].Value)
            .Concat(UploadedInto().Matches(AllScripts).Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.Equal(["articles", "media", "packages"], opened.Order(StringComparer.Ordinal));
        Assert.Empty(opened.Except(made));
    }

    [Fact]
    public void Uploaded_file_types_match_those_that_the_portal_serves()
    {
        var served = (IDictionary)typeof(MediaFiles)
            .GetField("ContentTypes", BindingFlags.NonPublic | BindingFlags.Static)!
            .GetValue(null)!;
        var script = Repository.Read("infra/publish-articles.sh").Split("article_type() {");
        var uploaded = ContentType().Matches(script[0])
            .SelectMany(match =>
                Extension()
                    .Matches(match.Groups[1].Value)
                    .Select(each => (each.Groups[1].Value, match.Groups[2].Value)));

        Assert.Equal(
            served.Keys.Cast<string>().Select(extension => (extension, (string)served[extension]!)).Order(),
            uploaded.Order());
        Assert.Equal(
            DocumentKinds.Extensions,
            Extension()
                .Matches(script[1].Split("esac")[0])
                .Select(each => each.Groups[1].Value)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_opening_balance_uses_the_route_and_key_of_the_ledger()
    {
        var ledger = Code.Functions.Single(function => Code.NameOf(function) == "Ledger");

        Assert.Equal("api/ledger", Code.RouteOf(ledger));
        Assert.Contains(
            "--function-name Ledger ", Repository.Read("infra/opening-balance.sh"), StringComparison.Ordinal);
        Assert.Contains(
            "endpointUrl]}/api/ledger", Repository.Read("infra/opening-balance.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_smoke_test_requests_existing_routes()
    {
        var asked = Check()
            .Matches(Repository.Read("infra/smoke.sh"))
            .Select(match => (Path: match.Groups[1].Value, Status: match.Groups[2].Value))
            .ToList();

        Assert.True(asked.Count >= 7, $"{asked.Count}");
        Assert.All(
            asked.Where(check => check.Status != "404" && check.Path.Length > 0),
            check => Assert.Contains(check.Path, Code.Functions.Select(Code.RouteOf)));
    }

    [Fact]
    public void Azd_finds_the_service_by_tag_and_builds_the_function_app()
    {
        Assert.Equal("portal", infra.Resources("prod").Single(Types.Sites)["tags"]!["azd-service-name"]!.ToString());
        Workflow.AssertIs(
            Workflow.Read("azure.yaml")["services"],
            "{portal: {project: functions/PhucThuan.Functions, language: dotnet, host: function}}");
        Workflow.AssertIs(Workflow.Read("azure.yaml")["infra"], "{provider: bicep, path: infra, module: main}");
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, "functions/PhucThuan.Functions")));
    }

    /// <summary>
    /// Shared keys are disabled. Without this option, az would try to list keys, which fails in Azure but not here.
    /// </summary>
    [Fact]
    public void Storage_commands_use_the_login()
    {
        var commands = StorageCommand()
            .Matches(AllScripts.Replace("\\\n", " ", StringComparison.Ordinal))
            .Select(match => match.Value)
            .ToList();

        Assert.True(commands.Count >= 6, $"{commands.Count}");
        Assert.All(
            commands, command => Assert.Single(AuthMode().Matches(command), mode => mode.Value == "--auth-mode login"));
    }

    [Fact]
    public void Azd_passes_every_required_parameter_of_the_template()
    {
        var given = JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!
            .AsObject()
            .Select(parameter => parameter.Key)
            .ToList();
        var parameters = Parameter()
            .Matches(Repository.Read("infra/main.bicep"))
            .Select(match => (Name: match.Groups[1].Value, Default: match.Groups[2].Value))
            .ToList();

        Assert.Empty(given.Except(parameters.Select(parameter => parameter.Name)));
        Assert.Empty(
            parameters.Where(parameter => parameter.Default.Length == 0)
                .Select(parameter => parameter.Name)
                .Except(given));
    }

    [GeneratedRegex("\\$\\{outputs\\[([a-z]\\w*[A-Z]\\w*)\\]")]
    private static partial Regex ReadOutput();

    [GeneratedRegex("^output_names=\\(([^)]*)\\)$", RegexOptions.Multiline)]
    private static partial Regex OutputNames();

    [GeneratedRegex("^output (\\w+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex("^param (\\w+) \\w+( =)?", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex("--container-name (\\w+)")]
    private static partial Regex OpenedContainer();

    [GeneratedRegex("az storage (?:blob|container|entity|table) .*")]
    private static partial Regex StorageCommand();

    [GeneratedRegex("--auth-mode \\S+")]
    private static partial Regex AuthMode();

    [GeneratedRegex("with_fresh_roles upload (\\w+)")]
    private static partial Regex UploadedInto();

    [GeneratedRegex("^    (\\*\\.[^)]+)\\) echo (\\S+) ;;", RegexOptions.Multiline)]
    private static partial Regex ContentType();

    [GeneratedRegex("\\*(\\.\\w+)")]
    private static partial Regex Extension();

    [GeneratedRegex("^check /(\\S*) (\\d+)", RegexOptions.Multiline)]
    private static partial Regex Check();
}
