using System.Reflection;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests;

/// <summary>npm packages of the browser tests, which the first test run of a checkout installs.</summary>
internal static class BrowserPackages
{
    /// <param name="file">Path in <c>node_modules</c>, such as <c>vnu-jar/build/dist/vnu.jar</c>.</param>
    public static async Task<string> LocateAsync(string file, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(TestFolder, "packages");
        await NpmPackage.EnsureInstalledAsync(
            folder,
            "Installing attacks, the HTML checker and ESLint with npm, once …",
            cancellationToken);
        return Path.Combine(folder, "node_modules", file);
    }

    public static string TestFolder { get; } = typeof(BrowserPackages).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "TestFolder").Value!;
}
