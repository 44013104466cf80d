using System.Diagnostics;
using System.Text.Json;

namespace PhucThuan.Tests.Visits;

/// <summary>Syntax and APIs of the scripts, by ESLint with the rules of <c>packages/eslint.config.mjs</c>.</summary>
public sealed class ScriptSyntaxTests(ScriptSyntaxTests.Reports reports) : IClassFixture<ScriptSyntaxTests.Reports>
{
    /// <summary>Scripts with features that browsers of 2018 lack: file name and text.</summary>
    private static readonly (string File, string Script)[] Lacking =
    [
        ("visits.js", "AbortSignal.timeout(1);"),
        ("visits.js", "document.body.toggleAttribute('hidden');"),
        ("visits.js", "Object.fromEntries([]);"),
        ("visits.js", "Object.hasOwn({}, 'a');"),
        ("visits.js", "const a = document.body?.id;"),
        ("visits.js", "const a = document.title ?? '';"),
        ("visits.js", "try { f(); } catch { g(); }"),
        ("visits.js", "const a = { ...document.body };"),
        ("visits.js", "crypto.randomUUID();"),
        ("visits.js", "[1].at(0);"),
        ("visits.js", "globalThis.title = '';"),
        ("visits.js", "structuredClone({});"),
        ("reading.js", "const a = 1;"),
        ("reading.js", "document.body.onclick = () => 1;"),
    ];

    /// <summary>Positions in <see cref="Lacking"/>.</summary>
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Lacking.Length)];

    [Fact]
    public void The_scripts_use_only_what_browsers_of_2018_have()
    {
        var ours = reports.Where(report => !report.Path.StartsWith(reports.Folder, StringComparison.Ordinal)).ToList();

        Assert.Contains(ours, report => Path.GetFileName(report.Path) == "visits.js");
        Assert.Contains(ours, report => Path.GetFileName(report.Path) == "reading.js");
        Assert.Equal("", string.Join('\n', ours.Where(report => report.Messages.Length > 0)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_check_reports_what_browsers_of_2018_lack(int number)
    {
        var report = reports.Single(report => report.Path == reports.PathOf(number));

        Assert.True(report.Messages.Length > 0, Lacking[number].Script);
    }

    /// <summary>The result of one file; the messages are JSON, empty without any.</summary>
    public sealed record Report(string Path, string Messages);

    /// <summary>One run of ESLint for all files, because its start takes two seconds of processor time.</summary>
    public sealed class Reports : List<Report>, IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phucthuan-scripts-");

        public string Folder => _folder.FullName;

        public string PathOf(int number) => Path.Combine(Folder, $"{number}", Lacking[number].File);

        public async ValueTask InitializeAsync()
        {
            var cancellation = TestContext.Current.CancellationToken;
            foreach (var number in Cases)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(PathOf(number))!);
                await File.WriteAllTextAsync(PathOf(number), Lacking[number].Script, cancellation);
            }

            using var results = JsonDocument.Parse(await RunAsync(cancellation));
            AddRange(results.RootElement.EnumerateArray().Select(result => new Report(
                result.GetProperty("filePath").GetString()!,
                result.GetProperty("messages").GetArrayLength() == 0
                    ? ""
                    : result.GetProperty("messages").ToString())));
        }

        public ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }

        private static string Scripts => Path.GetFullPath(
            Path.Combine(BrowserPackages.TestFolder, "../../functions/PhucThuan.Portal/Site/Assets"));

        /// <returns>The report in the format <c>json</c>.</returns>
        private async Task<string> RunAsync(CancellationToken cancellation)
        {
            var eslint = await BrowserPackages.LocateAsync("eslint/bin/eslint.js", cancellation);
            var rules = Path.Combine(BrowserPackages.TestFolder, "packages", "eslint.config.mjs");
            using var process = Process.Start(new ProcessStartInfo("node")
            {
                ArgumentList =
                {
                    eslint, "--no-config-lookup", "--config", rules, "--format", "json", Scripts, Folder,
                },
                // ESLint reads only files below the current folder.
                WorkingDirectory = Path.GetPathRoot(Folder)!,
                RedirectStandardOutput = true,
            })!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return output;
        }
    }
}
