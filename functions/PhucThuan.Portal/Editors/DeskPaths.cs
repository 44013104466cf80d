using PhucThuan.Portal.Site;

namespace PhucThuan.Portal.Editors;

/// <summary>Paths that contain a key.</summary>
public static class DeskPaths
{
    public static string Desk(string key) => $"{SitePaths.Desk}/{key}";

    public static string DeskJson(string key) => Desk(key) + "/tinh-trang.json";

    /// <param name="name">Blob name, with folders.</param>
    public static string Draft(string key, string name) =>
        $"{SitePaths.Drafts}/{key}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";
}
