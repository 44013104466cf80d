using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>
/// Paths of the computer on which a file was written: they name its user, and lead nobody anywhere. They are of
/// Windows (<c>D:\</c>, <c>D:/</c>), of a server (<c>\\server\share</c>), of macOS and Linux (<c>/Users/x/</c>,
/// <c>/home/x/</c>), or addresses (<c>file:///</c>).
/// </summary>
internal static partial class PrivatePaths
{
    /// <summary>
    /// Replaces each path in text, descriptions and metadata by the name of its file. The number of paths found.
    /// </summary>
    public static int Replace(IDocument document, IElement content)
    {
        var count = 0;
        foreach (var text in content.Descendants<IText>().Where(text => text.Data.AsSpan().ContainsAny('\\', '/'))
            .ToList())
        {
            text.Data = WithoutPaths(text.Data, ref count);
        }

        foreach (var element in content.QuerySelectorAll("[title]")
            .Where(element => InText().IsMatch(element.GetAttribute("title")!)))
        {
            element.RemoveAttribute("title");
        }

        foreach (var picture in content.QuerySelectorAll("img[alt]"))
        {
            picture.SetAttribute("alt", WithoutPaths(picture.GetAttribute("alt")!, ref count));
        }

        // A path to a picture is told with the picture.
        foreach (var meta in document.QuerySelectorAll("meta[content]:not([name=image i])"))
        {
            meta.SetAttribute("content", WithoutPaths(meta.GetAttribute("content")!, ref count));
        }

        document.Title = WithoutPaths(document.Title ?? "", ref count);
        return count;
    }

    private static string WithoutPaths(string text, ref int count)
    {
        var found = 0;
        var without = InText().Replace(text, path =>
        {
            found++;
            return FileName(path.Value);
        });
        count += found;
        return without;
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

    // Of a folder or a file. A folder has spaces, up to five; what follows the extension of a file is text.
    private const string Name = @"[^\s\\/:*?""<>|]+";
    private const string Folder = Name + @"(?:(?<!\.[a-z0-9]{2,5}) " + Name + "){0,5}";

    [GeneratedRegex(
        @"file:[\\/]+(?:[a-z][:|][\\/])?(?:" + Folder + @"[\\/])*(?:" + Name + ")?"
        + @"|(?<![\p{L}\p{N}/\\])[a-z]:[\\/](?![\\/\s])(?:" + Folder + @"[\\/])*(?:" + Name + ")?"
        + @"|(?<![\w\\])\\\\[\w.$-]+\\(?:" + Folder + @"\\)*(?:" + Name + ")?"
        + @"|(?<![\w/.:\\-])/(?:Users|home|root|Volumes|storage/emulated)/(?:" + Folder + "/)+(?:" + Name + ")?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InText();
}
