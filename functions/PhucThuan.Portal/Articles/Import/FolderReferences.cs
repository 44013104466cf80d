using AngleSharp.Dom;

namespace PhucThuan.Portal.Articles.Import;

/// <summary>
/// Makes the relative references of an article in a folder relative to the root: <c>anh.jpg</c> in
/// <c>Tin tức/bai.html</c> becomes <c>Tin%20t%E1%BB%A9c/anh.jpg</c>, <c>../anh.jpg</c> becomes <c>anh.jpg</c>.
/// </summary>
internal static class FolderReferences
{
    private static readonly (string Elements, string Attribute)[] References =
    [
        ("[src]", "src"),
        ("a[href]", "href"),
        ("object[data]", "data"),
        ("meta[name=image i]", "content"),
    ];

    /// <param name="blobName">Blob name of the article; without a folder, references do not change.</param>
    public static void Rebase(IDocument document, string blobName)
    {
        var folders = blobName.Split('/')[..^1].Select(Uri.EscapeDataString).ToList();
        if (folders.Count == 0)
        {
            return;
        }

        foreach (var (elements, attribute) in References)
        {
            foreach (var element in document.QuerySelectorAll(elements))
            {
                if (Rebase(element.GetAttribute(attribute)?.Trim().Replace('\\', '/'), folders) is { } reference)
                {
                    element.SetAttribute(attribute, reference);
                }
            }
        }
    }

    /// <summary>
    /// Null for a reference that does not depend on the folder, such as <c>media/…</c> for a file in container
    /// <c>media</c>.
    /// </summary>
    private static string? Rebase(string? reference, List<string> folders)
    {
        if (reference is null or "" or ['/' or '#' or '?', ..]
            || reference.Split('/', '?', '#')[0].Contains(':', StringComparison.Ordinal)
            || reference.StartsWith("media/", StringComparison.OrdinalIgnoreCase)
            || reference.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var depth = folders.Count;
        while (reference.StartsWith("../", StringComparison.Ordinal)
            || reference.StartsWith("./", StringComparison.Ordinal))
        {
            depth -= reference.StartsWith("../", StringComparison.Ordinal) ? 1 : 0;
            reference = reference[(reference.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }

        return depth < 0 ? null : string.Join('/', [.. folders.Take(depth), reference]);
    }
}
