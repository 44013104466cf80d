namespace PhucThuan.Infra.Tests;

/// <summary>The templates as the compiler sees them.</summary>
public sealed class TemplateTests(CompiledInfra infra)
{
    public static TheoryData<string> ParameterSets => [.. Repository.ParameterSets];

    [Fact]
    public async Task The_compiler_has_nothing_to_say_of_any_file()
    {
        var folder = Bicep.Copy();

        Assert.Empty(await Bicep.LintAsync(folder));

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_check_for_diagnostics_sees_a_wrong_type_which_the_compiler_calls_a_warning()
    {
        var folder = Bicep.Copy();
        await File.WriteAllTextAsync(Path.Combine(folder, "modules", "identity.bicep"), """
            param location string
            resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
              name: 'one'
              location: location
              tags: 'none'
            }
            """, TestContext.Current.CancellationToken);

        Assert.Contains(await Bicep.LintAsync(folder), diagnostic => diagnostic.StartsWith("BCP036", StringComparison.Ordinal));

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_file_is_formatted()
    {
        var folder = Bicep.Copy();
        await Bicep.FormatAsync(folder);

        var unformatted = Directory.GetFiles(folder, "*.bicep*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(file => File.ReadAllText(Path.Combine(folder, file)) != File.ReadAllText(Path.Combine(Repository.Infra, file)));
        Assert.Empty(unformatted);

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// A change of the templates shows in its pull request as a change of what is made. With <c>UPDATE_SNAPSHOTS=true</c> the
    /// files are written instead.
    /// </summary>
    [Theory]
    [MemberData(nameof(ParameterSets))]
    public async Task The_committed_snapshot_is_what_the_parameters_lead_to(string set)
    {
        var file = Path.Combine(Repository.Infra, "snapshots", set + ".json");
        var compiled = infra.Snapshots[set].ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "true")
        {
            await File.WriteAllTextAsync(file, compiled, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(file), $"There is no {file}; run these tests once with UPDATE_SNAPSHOTS=true.");
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), compiled);
    }

    [Fact]
    public void Every_snapshot_belongs_to_a_set_of_parameters() => Assert.Equal(
        Repository.ParameterSets,
        Directory.GetFiles(Path.Combine(Repository.Infra, "snapshots")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!);
}
