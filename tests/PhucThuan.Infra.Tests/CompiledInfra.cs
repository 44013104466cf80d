using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PhucThuan.Infra.Tests;

[assembly: AssemblyFixture(typeof(CompiledInfra))]

namespace PhucThuan.Infra.Tests;

/// <summary>All templates, compiled once per test run.</summary>
public sealed class CompiledInfra : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // keeps Vietnamese letters readable in a diff
    };

    private readonly Dictionary<string, string> _snapshots = [];
    private string? _failure;

    internal Bicep Compiler { get; } = new();

    public async ValueTask InitializeAsync()
    {
        try
        {
            foreach (var set in Repository.ParameterSets)
            {
                var snapshot =
                    await Compiler.SnapshotAsync(Path.Combine(Repository.Infra, "params", set + ".bicepparam"));
                _snapshots[set] = Order(snapshot);
            }
        }
        catch (InvalidOperationException failure)
        {
            // The tests of diagnostics report the error. All other tests fail, because there is no snapshot.
            _failure = failure.Message;
        }
    }

    public ValueTask DisposeAsync() => Compiler.DisposeAsync();

    /// <exception cref="InvalidOperationException">The templates do not compile.</exception>
    public string Snapshot(string set) =>
        _snapshots.GetValueOrDefault(set) ?? throw new InvalidOperationException(_failure);

    /// <summary>A new copy that the caller may change.</summary>
    internal Resources Resources(string set) => Tests.Resources.Parse(Snapshot(set));

    /// <summary>Sorts the outputs, because the compiler writes them in random order.</summary>
    private static string Order(string snapshot)
    {
        var json = JsonNode.Parse(snapshot)!;
        json["outputs"] = new JsonObject(json["outputs"]!.AsObject()
            .OrderBy(output => output.Key, StringComparer.Ordinal)
            .Select(output => KeyValuePair.Create(output.Key, output.Value?.DeepClone())));
        return json.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }
}
