using System.Diagnostics;

namespace PhucThuan.Tests;

/// <summary>Finds a browser on this machine, or has Debian's installed.</summary>
internal static class Chromium
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    /// <summary>Path of the program: of variable <c>CHROMIUM</c>, else the first that is found.</summary>
    public static string Locate()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named)
        {
            return named;
        }

        if (Find() is null)
        {
            Install();
        }

        return Find() ?? throw new InvalidOperationException(
            "The browser tests need Chromium, Chrome or Edge: install one, or name its program in the variable CHROMIUM.");
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static void Install()
    {
        if (!File.Exists("/usr/bin/apt-get"))
        {
            return;
        }

        Console.WriteLine("Installing Chromium with apt-get, this once; it takes one to three minutes …");
        var sudo = Environment.UserName == "root" ? "" : "sudo -n ";
        using var shell = Process.Start(
            "/bin/sh", ["-c", $"{sudo}apt-get update -qq && {sudo}apt-get install -qq -y chromium fonts-noto-core > /dev/null"]);
        shell.WaitForExit();
    }
}
