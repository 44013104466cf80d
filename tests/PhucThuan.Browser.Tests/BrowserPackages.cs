using System.Reflection;
using PhucThuan.LocalHost;

namespace PhucThuan.Tests;

/// <summary>What the browser tests take from npm, installed at the first test run of a checkout.</summary>
internal static class BrowserPackages
{
    /// <summary>Path of a file in one of the packages, or beside the tests: <c>vnu-jar/build/dist/vnu.jar</c>.</summary>
    public static async Task<string> LocateAsync(string file, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(TestFolder, "packages");
        await NpmPackage.EnsureInstalledAsync(folder, "Installing attacks and the HTML checker with npm, this once …", cancellationToken);
        return Path.Combine(folder, "node_modules", file);
    }

    public static string TestFolder { get; } = typeof(BrowserPackages).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "TestFolder").Value!;
}
