using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhucThuan.Infra.Tests;

/// <summary>The compiler, run on a copy of infra/ so that it can write beside its input.</summary>
internal static class Bicep
{
    /// <summary>What the parameter files read from the environment; the subscription and tenant are nobody's.</summary>
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["ALERT_EMAIL"] = "ops@phucthuan.example.vn",
        ["EDITORS_GROUP_ID"] = EditorsGroupId,
        ["CUSTOM_DOMAIN"] = CustomDomain,
        ["BUDGET_START"] = "2026-11-01",
        ["AZURE_LOCATION"] = null,
        ["ALLOWED_ADDRESSES"] = null,
    };

    public const string EditorsGroupId = "11111111-1111-1111-1111-111111111111";
    public const string SubscriptionId = "22222222-2222-2222-2222-222222222222";
    public const string TenantId = "33333333-3333-3333-3333-333333333333";
    public const string CustomDomain = "phucthuan.example.vn";

    /// <summary>Makes a copy of infra/ without its scripts.</summary>
    public static string Copy()
    {
        var copy = Directory.CreateTempSubdirectory("infra-").FullName;
        var files = Directory.GetFiles(Repository.Infra, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".bicep" or ".bicepparam" or ".json");
        foreach (var file in files)
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Repository.Infra, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>Every diagnostic of every file, warnings and notes too: the compiler calls errors of type warnings.</summary>
    public static async Task<IReadOnlyList<string>> LintAsync(string folder)
    {
        var diagnostics = new List<string>();
        foreach (var pattern in new[] { "**/*.bicep", "**/*.bicepparam" })
        {
            var run = await RunAsync(folder, "lint", "--no-restore", "--pattern", pattern, "--diagnostics-format", "sarif");
            var results = ReadAll(run.Output)
                .SelectMany(report => report["runs"]!.AsArray())
                .SelectMany(each => each!["results"]!.AsArray())
                .Select(result => $"{result!["ruleId"]}: {result["message"]!["text"]} {result["locations"]?.ToJsonString()}");
            diagnostics.AddRange(results);
            if (run.ExitCode != 0 && diagnostics.Count == 0)
            {
                diagnostics.Add(run.Errors);
            }
        }

        return diagnostics;
    }

    /// <summary>Puts every file into the format of <c>bicep format</c>.</summary>
    public static async Task FormatAsync(string folder)
    {
        foreach (var pattern in new[] { "**/*.bicep", "**/*.bicepparam" })
        {
            var run = await RunAsync(
                folder, "format", "--pattern", pattern, "--newline-kind", "LF", "--insert-final-newline");
            Assert.True(run.ExitCode == 0, run.Errors);
        }
    }

    /// <summary>Every resource that a set of parameters leads to, with names and values worked out as far as is possible.</summary>
    public static async Task<string> SnapshotAsync(string folder, string parameterSet)
    {
        var run = await RunAsync(
            folder,
            "snapshot",
            $"params/{parameterSet}.bicepparam",
            "--mode", "overwrite",
            "--subscription-id", SubscriptionId,
            "--tenant-id", TenantId,
            "--location", "southeastasia",
            "--deployment-name", "portal");
        Assert.True(run.ExitCode == 0, run.Errors);
        return await File.ReadAllTextAsync(Path.Combine(folder, "params", parameterSet + ".snapshot.json"));
    }

    /// <summary>The compiler writes a report for each file, one behind the other.</summary>
    private static List<JsonNode> ReadAll(string reports)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(reports), new JsonReaderOptions { AllowMultipleValues = true });
        var all = new List<JsonNode>();
        while (reader.Read())
        {
            all.Add(JsonNode.Parse(ref reader)!);
        }

        return all;
    }

    private static Task<ProgramRun> RunAsync(string folder, params string[] arguments) =>
        ProgramRun.RunAsync(Repository.BicepProgram, arguments, Environment, folder);
}
