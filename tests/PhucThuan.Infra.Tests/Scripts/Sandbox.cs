using System.Text.Json.Nodes;
using DevLab.JmesPath;

namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>
/// Runs a script of infra/ with stubs in the place of az, curl, dotnet and zip. What they were called with, and what they
/// keep from call to call, is in a folder of its own.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("scripts-").FullName;

    public Sandbox() => Keep([.. Packages.Select(package => (package, true))]);

    /// <summary>What is kept before a script runs unless told, the oldest first; all of them passed their smoke tests.</summary>
    public static IReadOnlyList<string> Packages { get; } =
        [.. Enumerable.Range(1, 5).Select(day => $"portal-2026110{day}T000000Z-abcdef{day}.zip")];

    /// <summary>Whole calls with the program's name first, in the order they were made.</summary>
    public IReadOnlyList<string[]> Calls => [.. Read("calls").Split('\x1e', StringSplitOptions.RemoveEmptyEntries)
        .Select(call => call.TrimEnd('\x1f').Split('\x1f'))];

    /// <summary>What is kept, the oldest first.</summary>
    public IEnumerable<(string Name, bool IsTested)> Kept => Read("packages").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1] == "true"));

    /// <summary>What was published, in that order.</summary>
    public IEnumerable<string> Published => Read("published").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Ends a test as skipped where the scripts, which want bash 4.4 and GNU tools, do not run.</summary>
    public static void SkipUnlessScriptsRun() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The scripts want bash 4.4 or newer and GNU tools: Linux, WSL or Azure Cloud Shell.");

    /// <summary>A folder for what a test needs.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_state, name)).FullName;

    /// <summary>Empty where the stubs have left no such file.</summary>
    public string Read(string name) => Path.Combine(_state, name) is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    public void Keep(params (string Name, bool IsTested)[] packages) => File.WriteAllLines(
        Path.Combine(_state, "packages"),
        packages.Select(package => $"{package.Name}\t{(package.IsTested ? "true" : "false")}"));

    /// <summary>The one call that began with these words, as a line; without what only says how the answer is to be written.</summary>
    public string Call(string words) => Assert.Single(
        Calls.Select(call => string.Join(' ', call)),
        call => call.StartsWith(words + " ", StringComparison.Ordinal)).Replace(" --output none", "", StringComparison.Ordinal);

    /// <summary>What the query of the one call that began with these words makes of an answer of Azure's.</summary>
    public JsonNode? Query(string words, string answer)
    {
        var call = Assert.Single(Calls, call => string.Join(' ', call).StartsWith(words + " ", StringComparison.Ordinal));
        return JsonNode.Parse(Evaluate(call[Array.IndexOf(call, "--query") + 1], answer));
    }

    /// <summary>What a query makes of an answer, as az would evaluate it.</summary>
    public static string Evaluate(string query, string answer) => new JmesPath().Transform(answer, query);

    /// <summary>Whether a call began with these words.</summary>
    public bool WasCalled(string words) => IndexOf(words) >= 0;

    /// <summary>Position of the first call that began with these words, after its program's name or with it; −1 for none.</summary>
    public int IndexOf(string words)
    {
        var position = 0;
        foreach (var call in Calls)
        {
            if ((string.Join(' ', call) + " ").StartsWith(words + " ", StringComparison.Ordinal))
            {
                return position;
            }

            position++;
        }

        return -1;
    }

    public Task<ProgramRun> RunAsync(string script, string[] arguments, string input = "", params (string Name, string? Value)[] environment)
    {
        SkipUnlessScriptsRun();
        var variables = new Dictionary<string, string?>
        {
            ["PATH"] = Path.Combine(Repository.Root, "tests", "PhucThuan.Infra.Tests", "Scripts", "stubs") + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["STATE"] = _state,
            ["ALERT_EMAIL"] = "ops@phucthuan.example.vn",
            ["EDITORS_GROUP_ID"] = Bicep.EditorsGroupId,
            ["CUSTOM_DOMAIN"] = Bicep.CustomDomain,
            ["AZURE_LOCATION"] = null,
            ["ALLOWED_ADDRESSES"] = null,
            ["RUNNER_ENVIRONMENT"] = null,
            ["BUDGET_START"] = null,
            ["GITHUB_OUTPUT"] = null,
            ["ROLE_ATTEMPTS"] = "3",
            ["ROLE_SECONDS"] = "0",
            ["FRONT_DOOR_ATTEMPTS"] = "3",
            ["FRONT_DOOR_SECONDS"] = "0",
            ["SMOKE_ATTEMPTS"] = "1",
            ["SMOKE_SECONDS"] = "0",
        };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return ProgramRun.RunAsync("bash", [Path.Combine(Repository.Infra, script), .. arguments], variables, _state, input);
    }

    public void Dispose() => Directory.Delete(_state, recursive: true);
}
