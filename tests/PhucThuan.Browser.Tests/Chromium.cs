namespace PhucThuan.Tests;

/// <summary>Finds an installed browser, or installs Chromium on Debian and Ubuntu.</summary>
internal static class Chromium
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    /// <returns>The value of the variable <c>CHROMIUM</c>, or the first browser on the path.</returns>
    public static string Locate() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : InstalledPrograms.FindOrInstall(Names, "chromium fonts-noto-core") ?? throw new InvalidOperationException(
                "The browser tests need Chromium, Chrome or Edge: install one, or name its program in the variable"
                    + " CHROMIUM.");
}
