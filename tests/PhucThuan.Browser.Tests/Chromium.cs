namespace PhucThuan.Tests;

/// <summary>Finds an installed browser, or installs Chromium on Debian and Ubuntu.</summary>
internal static class Chromium
{
    /// <summary>Chromium without windows and viewers, which halves the processor time of the tests.</summary>
    private const string HeadlessShell = "chromium-headless-shell";

    private const string Packages = $"chromium {HeadlessShell} fonts-noto-core";

    private static readonly string[] WithViewers =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    /// <returns>The value of the variable <c>CHROMIUM</c>, or the first browser on the path.</returns>
    public static string Locate() => Locate([HeadlessShell, .. WithViewers]);

    /// <returns>As <see cref="Locate()"/>, but never the headless shell unless the variable names it.</returns>
    public static string LocateWithViewers() => Locate(WithViewers);

    private static string Locate(string[] names) =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : InstalledPrograms.FindOrInstall(names, Packages) ?? throw new InvalidOperationException(
                "The browser tests need Chromium, Chrome or Edge: install one, or name its program in the variable"
                    + " CHROMIUM.");
}
