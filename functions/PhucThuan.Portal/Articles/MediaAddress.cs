namespace PhucThuan.Portal.Articles;

/// <summary>Addresses of the files in container <c>media</c>.</summary>
public static class MediaAddress
{
    private const string Folder = "media/";

    /// <summary>
    /// <c>/media/anh.jpg</c> for what an editor wrote as <c>media/anh.jpg</c>, <c>../media/anh.jpg</c> or
    /// <c>/media/anh.jpg</c>. Null for anything else, above all for other sites: a reader's browser asks only us.
    /// </summary>
    public static string? FromReference(string? reference)
    {
        var path = reference?.Trim().Replace('\\', '/') ?? "";
        while (path.StartsWith("../", StringComparison.Ordinal) || path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }

        path = path.TrimStart('/');
        return path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase) && path.Length > Folder.Length
            && !path.Contains("..", StringComparison.Ordinal)
            ? "/" + Folder + path[Folder.Length..]
            : null;
    }
}
