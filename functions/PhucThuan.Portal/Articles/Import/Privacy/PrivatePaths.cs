using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>Paths of the computer on which a file was written: they name its user, and lead nobody anywhere.</summary>
internal static partial class PrivatePaths
{
    /// <summary>Replaces each path in text by the name of its file. The number of paths found.</summary>
    public static int Replace(IElement content)
    {
        var count = 0;
        foreach (var text in content.Descendants<IText>()
            .Where(text => text.Data.Contains('\\', StringComparison.Ordinal)
            || text.Data.Contains("file:", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            text.Data = InText().Replace(text.Data, path =>
            {
                count++;
                return FileName(path.Value);
            });
        }

        foreach (var element in content.QuerySelectorAll("[title]")
            .Where(element => InText().IsMatch(element.GetAttribute("title")!)))
        {
            element.RemoveAttribute("title");
        }

        return count;
    }

    public static bool IsPath(string reference) => Path().IsMatch(reference.Trim());

    /// <summary>The last part of a path or an address, readable and without its query.</summary>
    public static string FileName(string reference)
    {
        var path = reference.Split('?', '#')[0].TrimEnd('/', '\\');
        var name = Uri.UnescapeDataString(path[(path.LastIndexOfAny(['/', '\\']) + 1)..]);
        return name.Length > 80 ? name[..80] + "…" : name;
    }

    [GeneratedRegex(
        @"^(?:file:|[a-z]:[\\/]|\\\\|//[\w.-]+\\|/(?:home|Users|storage|sdcard|private|var|tmp)/|ms-appdata:|content:|"
            + @"onenote:)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(
        @"file:/+[^\s<>""]+|\b[a-z]:\\(?:[^\s\\/:*?""<>|]+(?: [^\s\\/:*?""<>|]+)*\\)+[^\s\\/:*?""<>|]*|\\\\[\w."
            + @"-]+\\[^\s<>""]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InText();
}
