using System.Reflection;

namespace PhucThuan.Infra.Tests;

/// <summary>Where the files of this checkout are.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Metadata("Repository");

    public static string Infra { get; } = Path.Combine(Root, "infra");

    /// <summary>The compiler, as its package holds it.</summary>
    public static string BicepProgram { get; } = Path.Combine(Metadata("PackageFolder"), Metadata("BicepPath"));

    /// <summary>The scripts and the files of functions that they share.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [.. Directory.GetFiles(Infra, "*.sh").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> ParameterSets { get; } =
        [.. Directory.GetFiles(Path.Combine(Infra, "params"), "*.bicepparam").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];

    /// <summary>Whether a script is only read by others.</summary>
    public static bool IsSourced(string script) => script is "common.sh" or "preflight.sh";

    /// <param name="path">Relative to <see cref="Root"/>.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
