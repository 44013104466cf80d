using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import.Privacy;

/// <summary>
/// Removes paths on the author's computer, which are dead links and may contain the author's name: of Windows
/// (<c>D:\</c>, <c>D:/</c>), of a server (<c>\\server\share</c>), of macOS and Linux (<c>/Users/x/</c>,
/// <c>/home/x/</c>), and addresses (<c>file:///</c>).
/// </summary>
internal static partial class PrivatePaths
{
    /// <summary>
    /// Replaces each path in text, alternative texts and metadata by its file name. Returns the number of paths.
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

        // Except the article's picture, whose path is reported in another remark.
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

    /// <summary>The decoded last segment of a path or address, without query.</summary>
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

    // Name of a folder or file. A folder may contain up to five spaces; text after the extension is not part of the
    // path.
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
