using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace PhucThuan.Infra.Tests;

/// <summary>
/// The Bicep compiler as a JSON-RPC server on standard input and output. A command-line call needs several seconds to
/// load Azure's resource types; the server loads them once.
/// </summary>
internal sealed class Bicep : IAsyncDisposable
{
    public const string EditorsGroupId = "11111111-1111-1111-1111-111111111111";
    public const string SubscriptionId = "22222222-2222-2222-2222-222222222222";
    public const string TenantId = "33333333-3333-3333-3333-333333333333";
    public const string CustomDomain = "phucthuan.example.vn";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Environment variables that the parameter files read; subscription and tenant are placeholders.
    /// </summary>
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["ALERT_EMAIL"] = "ops@phucthuan.example.vn",
        ["EDITORS_GROUP_ID"] = EditorsGroupId,
        ["CUSTOM_DOMAIN"] = CustomDomain,
        ["BUDGET_START"] = "2026-11-01",
        ["AZURE_LOCATION"] = null,
        ["ALLOWED_ADDRESSES"] = null,
    };

    /// <summary>Names of the variables without which the parameter files do not compile.</summary>
    public static IEnumerable<string> RequiredVariables =>
        Environment.Where(variable => variable.Value is not null).Select(variable => variable.Key);

    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);
    private int _requests;

    /// <param name="variables">Overrides of the default environment variables.</param>
    public Bicep(params (string Name, string? Value)[] variables)
    {
        var start = new ProcessStartInfo(Repository.BicepProgram, ["jsonrpc", "--stdio"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Environment.Select(each => (each.Key, each.Value)).Concat(variables))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    /// <summary>All diagnostics of a file, including warnings: the compiler reports type errors as warnings.</summary>
    public async Task<IReadOnlyList<string>> FindDiagnosticsAsync(string file)
    {
        var isParameters = file.EndsWith(".bicepparam", StringComparison.Ordinal);
        var answer = await AskAsync(
            isParameters ? "bicep/compileParams" : "bicep/compile",
            new JsonObject { ["path"] = file, ["parameterOverrides"] = isParameters ? new JsonObject() : null });
        var diagnostics = answer.List("diagnostics")
            .Select(each =>
                $"{each.Text("code")} {each.Text("level")} in {Path.GetFileName(each.Text("source"))}: "
                + each.Text("message"))
            .ToList();
        return answer.Is("success", true) || diagnostics.Count > 0 ? diagnostics : [$"{file} was not compiled."];
    }

    /// <summary>The compiled ARM template.</summary>
    public async Task<JsonNode> CompileAsync(string file) =>
        JsonNode.Parse((await AskAsync("bicep/compile", new JsonObject { ["path"] = file })).Text("contents"))!;

    /// <summary>The file, formatted by the compiler.</summary>
    public async Task<string> FormatAsync(string file) =>
        (await AskAsync("bicep/format", new JsonObject { ["path"] = file })).Text("contents");

    /// <summary>All resources of a parameter set, with expressions evaluated as far as possible offline.</summary>
    public async Task<string> SnapshotAsync(string parameters)
    {
        var metadata = new JsonObject
        {
            ["tenantId"] = TenantId,
            ["subscriptionId"] = SubscriptionId,
            ["resourceGroup"] = null,
            ["location"] = "southeastasia",
            ["deploymentName"] = "portal",
        };
        return (await AskAsync("bicep/getSnapshot", new JsonObject { ["path"] = parameters, ["metadata"] = metadata }))
            .Text("snapshot");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(timeout.Token);
        _process.Dispose();
        _turn.Dispose();
    }

    /// <exception cref="InvalidOperationException">The compiler returned an error.</exception>
    private async Task<JsonNode> AskAsync(string method, JsonObject parameters)
    {
        using var timeout = new CancellationTokenSource(Limit);
        await _turn.WaitAsync(timeout.Token);
        try
        {
            var request = new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = ++_requests,
                ["method"] = method,
                ["params"] = parameters,
            };
            var body = Encoding.UTF8.GetBytes(request.ToJsonString());
            var stream = _process.StandardInput.BaseStream;
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), timeout.Token);
            await stream.WriteAsync(body, timeout.Token);
            await stream.FlushAsync(timeout.Token);
            var answer = await ReadAsync(_process.StandardOutput.BaseStream, timeout.Token);
            return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer.ToJsonString()}");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A Content-Length header, then JSON.</summary>
    private static async Task<JsonNode> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(letter, cancellationToken);
            head.Append((char)letter[0]);
        }

        var length = head.ToString()
            .Split("\r\n")
            .Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var body = new byte[int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return JsonNode.Parse(body)!;
    }
}
