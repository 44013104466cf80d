namespace PhucThuan.Infra.Tests.Scripts;

/// <summary>
/// Runs a script of infra/ with stubs in the place of az, curl, dotnet and zip. What they were called with, and what they
/// keep from call to call, is in a folder of its own.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("scripts-").FullName;

    public Sandbox() => File.WriteAllLines(Path.Combine(_state, "packages"), Packages);

    /// <summary>What is kept before a script runs, the oldest first.</summary>
    public static IReadOnlyList<string> Packages { get; } =
        [.. Enumerable.Range(1, 5).Select(day => $"portal-2026110{day}T000000Z-abcdef{day}.zip")];

    /// <summary>Whole calls with the program's name first, in the order they were made.</summary>
    public IReadOnlyList<string[]> Calls => [.. Read("calls").Split('\x1e', StringSplitOptions.RemoveEmptyEntries)
        .Select(call => call.TrimEnd('\x1f').Split('\x1f'))];

    /// <summary>Ends a test as skipped where the scripts, which want bash 4.4 and GNU tools, do not run.</summary>
    public static void SkipUnlessScriptsRun() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The scripts want bash 4.4 or newer and GNU tools: Linux, WSL or Azure Cloud Shell.");

    /// <summary>A folder for what a test needs.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_state, name)).FullName;

    /// <summary>Empty where the stubs have left no such file.</summary>
    public string Read(string name) => Path.Combine(_state, name) is var file && File.Exists(file) ? File.ReadAllText(file) : "";

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
            ["BUDGET_START"] = null,
            ["ROLE_ATTEMPTS"] = "3",
            ["ROLE_SECONDS"] = "0",
            ["FRONT_DOOR_ATTEMPTS"] = "3",
            ["FRONT_DOOR_SECONDS"] = "0",
            ["SMOKE_ATTEMPTS"] = "2",
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
