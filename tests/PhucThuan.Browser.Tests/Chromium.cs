namespace PhucThuan.Tests;

/// <summary>Finds a browser on this machine, or has Debian's installed.</summary>
internal static class Chromium
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    /// <summary>Path of the program: of variable <c>CHROMIUM</c>, else the first that is found.</summary>
    public static string Locate() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : InstalledPrograms.FindOrInstall(Names, "chromium fonts-noto-core") ?? throw new InvalidOperationException(
                "The browser tests need Chromium, Chrome or Edge: install one, or name its program in the variable CHROMIUM.");
}
