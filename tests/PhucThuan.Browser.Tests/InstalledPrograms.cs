using System.Diagnostics;

namespace PhucThuan.Tests;

/// <summary>Finds programs on the path, and installs missing ones with apt-get.</summary>
internal static class InstalledPrograms
{
    /// <param name="names">Alternative names; the first one on the path wins.</param>
    /// <param name="packages">Packages of Debian and Ubuntu to install when none is found.</param>
    public static string? FindOrInstall(string[] names, string packages)
    {
        if (Find(names) is null)
        {
            Install(packages);
        }

        return Find(names);
    }

    private static string? Find(string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static void Install(string packages)
    {
        if (!File.Exists("/usr/bin/apt-get"))
        {
            return;
        }

        Console.WriteLine($"Installing {packages} with apt-get, once; it takes one to three minutes …");
        var sudo = Environment.UserName == "root" ? "" : "sudo -n ";
        using var shell = Process.Start(
            "/bin/sh", ["-c", $"{sudo}apt-get update -qq && {sudo}apt-get install -qq -y {packages} > /dev/null"]);
        shell.WaitForExit();
    }
}
