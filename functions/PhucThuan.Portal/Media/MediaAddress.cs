using System.Text.RegularExpressions;

namespace PhucThuan.Portal.Media;

/// <summary>Maps links in articles to files of container <c>media</c>.</summary>
public static partial class MediaAddress
{
    private const string Folder = "media/";

    /// <summary>
    /// Address of a file that an article links with a relative path, as word processors do
    /// (<c>bai_files/image001.png</c>): container <c>media</c> has the file under the same name. Null for other sites,
    /// because pages load files of the portal only, and for file types that are not served.
    /// </summary>
    public static string? FromFile(string? reference)
    {
        var path = WithSlashes(reference);
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        var address = FromReference(path) ?? (IsBeside(path) ? FromReference(Folder + path) : null);
        return address is not null && MediaFiles.IsServed(address.Split('#', '?')[0]) ? address : null;
    }

    /// <summary>
    /// <c>/media/anh.jpg</c> for <c>media/anh.jpg</c>, <c>../media/anh.jpg</c> and <c>/media/anh.jpg</c>;
    /// <c>/media/%E1%BA%A3nh%201.jpg</c> for <c>media/ảnh 1.jpg</c>. Null for anything else.
    /// </summary>
    public static string? FromReference(string? reference)
    {
        var path = WithSlashes(reference);
        while (path.StartsWith("../", StringComparison.Ordinal) || path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }

        path = path.TrimStart('/');
        return path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase) && path.Length > Folder.Length
            && !path.Split('/').Select(Uri.UnescapeDataString).Contains("..")
            ? "/"
                + Folder
                + NotInUrls().Replace(path[Folder.Length..], character => Uri.EscapeDataString(character.Value))
            : null;
    }

    private static string WithSlashes(string? reference) => reference?.Trim().Replace('\\', '/') ?? "";

    /// <summary>A relative path without scheme, host and leading slash.</summary>
    private static bool IsBeside(string path) => path is [not '/', ..] && !path.Contains(':', StringComparison.Ordinal);

    /// <summary>
    /// Characters that a URL must escape (RFC 3986), and a percent sign that starts no escape sequence.
    /// </summary>
    [GeneratedRegex(@"[^A-Za-z0-9\-._~/%!$&'()*+,;=:@?#]+|%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex NotInUrls();
}
