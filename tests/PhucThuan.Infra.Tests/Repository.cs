using System.Reflection;

namespace PhucThuan.Infra.Tests;

/// <summary>Paths and files of this checkout.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Metadata("Repository");

    public static string Infra { get; } = Path.Combine(Root, "infra");

    /// <summary>Path of the Bicep compiler inside its NuGet package.</summary>
    public static string BicepProgram { get; } = Path.Combine(Metadata("PackageFolder"), Metadata("BicepPath"));

    /// <summary>All shell files of infra/, sourced ones included.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
        [.. Directory.GetFiles(Infra, "*.sh").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> ParameterSets { get; } =
        [.. Directory.GetFiles(Path.Combine(Infra, "params"), "*.bicepparam")
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal)!];

    /// <summary>True for a file that other scripts source.</summary>
    public static bool IsSourced(string script) => script is "common.sh" or "preflight.sh";

    /// <param name="path">Relative to <see cref="Root"/>.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
