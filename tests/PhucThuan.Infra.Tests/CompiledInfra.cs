using PhucThuan.Infra.Tests;

[assembly: AssemblyFixture(typeof(CompiledInfra))]

namespace PhucThuan.Infra.Tests;

/// <summary>Everything compiled once, for all tests.</summary>
public sealed class CompiledInfra : IAsyncLifetime
{
    private readonly Dictionary<string, string> _snapshots = [];
    private string _folder = "";

    /// <summary>Name of each set of parameters with the text of its snapshot.</summary>
    public IReadOnlyDictionary<string, string> Snapshots => _snapshots;

    public async ValueTask InitializeAsync()
    {
        _folder = Bicep.Copy();
        foreach (var set in Repository.ParameterSets)
        {
            _snapshots[set] = await Bicep.SnapshotAsync(_folder, set);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A fresh copy, free to be changed.</summary>
    internal Resources Resources(string set) => Tests.Resources.Parse(_snapshots[set]);
}
