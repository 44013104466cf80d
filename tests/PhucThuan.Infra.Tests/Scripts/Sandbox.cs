using System.Text.Json.Nodes;
using DevLab.JmesPath;

namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>
/// Runs a script of infra/ with stubs for az, curl, dotnet and zip. The stubs log their calls and keep their state in a
/// temporary folder.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("scripts-").FullName;

    public Sandbox() => Keep([.. Packages.Select(package => (package, true))]);

    /// <summary>
    /// The default packages in storage before a script runs, oldest first. All have passed their smoke tests.
    /// </summary>
    public static IReadOnlyList<string> Packages { get; } =
        [.. Enumerable.Range(1, 5).Select(day => $"portal-2026110{day}T000000Z-abcdef{day}.zip")];

    /// <summary>Command lines of all calls, in order.</summary>
    public IReadOnlyList<string[]> Calls => [.. Read("calls").Split('\x1e', StringSplitOptions.RemoveEmptyEntries)
        .Select(call => call.TrimEnd('\x1f').Split('\x1f'))];

    /// <summary>The kept packages, oldest first.</summary>
    public IEnumerable<(string Name, bool IsTested)> Kept =>
        Read("packages").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1] == "true"));

    /// <summary>The published packages, in order.</summary>
    public IEnumerable<string> Published => Read("published").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Skips a test where the scripts cannot run: they need bash 4.4 and GNU tools.</summary>
    public static void SkipUnlessScriptsRun() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux(),
            "The scripts need bash 4.4 or newer and GNU tools: Linux, WSL or Azure Cloud Shell.");

    /// <summary>A folder for files of the test.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_state, name)).FullName;

    /// <summary>A folder with these files. Its name contains characters that a script must quote.</summary>
    public string FolderWith(params string[] files)
    {
        var folder = Folder("bài viết 'mới'");
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }

        return folder;
    }

    /// <summary>Content of a stub's state file; empty when it does not exist.</summary>
    public string Read(string name) =>
        Path.Combine(_state, name) is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    public void Keep(params (string Name, bool IsTested)[] packages) => File.WriteAllLines(
        Path.Combine(_state, "packages"),
        packages.Select(package => $"{package.Name}\t{(package.IsTested ? "true" : "false")}"));

    /// <summary>
    /// The single call that starts with these words, without output options.
    /// </summary>
    public string Call(string words) => Assert.Single(
        Calls.Select(call => string.Join(' ', call)),
        call =>
            call.StartsWith(
                words + " ", StringComparison.Ordinal)).Replace(" --output none", "", StringComparison.Ordinal);

    /// <summary>
    /// Evaluates the <c>--query</c> of the single call that starts with these words on a response of Azure.
    /// </summary>
    public JsonNode? Query(string words, string answer)
    {
        var call =
            Assert.Single(Calls, call => string.Join(' ', call).StartsWith(words + " ", StringComparison.Ordinal));
        return JsonNode.Parse(Evaluate(call[Array.IndexOf(call, "--query") + 1], answer));
    }

    /// <summary>Evaluates a JMESPath query, as az does.</summary>
    public static string Evaluate(string query, string answer) => new JmesPath().Transform(answer, query);

    /// <summary>True when a call starts with these words.</summary>
    public bool WasCalled(string words) => IndexOf(words) >= 0;

    /// <summary>
    /// Index of the first call that starts with these words, with or without the program's name; −1 for none.
    /// </summary>
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

    public Task<ProgramRun> RunAsync(
        string script, string[] arguments, string input = "", params (string Name, string? Value)[] environment)
    {
        SkipUnlessScriptsRun();
        var variables = new Dictionary<string, string?>
        {
            ["PATH"] = Path.Combine(Repository.Root, "tests", "PhucThuan.Infra.Tests", "Scripts", "stubs")
                + ":"
                + Environment.GetEnvironmentVariable("PATH"),
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

        return ProgramRun.RunAsync(
            "bash", [Path.Combine(Repository.Infra, script), .. arguments], variables, _state, input);
    }

    public void Dispose() => Directory.Delete(_state, recursive: true);
}
