using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>An entry in the list of linked files at the end of an article.</summary>
/// <param name="Name">Text of the link.</param>
public sealed record Attachment(string Name, MediaFile File)
{
    /// <summary><c>PDF, 1,2 MB</c>.</summary>
    public string Description => File.IsMissing ? $"{File.Kind}, chưa có tệp"
        : File.Size is { } size ? $"{File.Kind}, {size}"
        : File.Kind;
}

/// <summary>
/// Adds type and size to links to files, so that readers know them before the download.
/// </summary>
public sealed class ArticleAttachments(MediaSizes sizes)
{
    /// <summary>Maximum number of files per article; further links are unchanged.</summary>
    private const int MaxFiles = 50;

    /// <summary>Returns the body with type and size after each link, and the distinct files.</summary>
    public async Task<(string Body, IReadOnlyList<Attachment> Attachments)> ApplyAsync(
        string body, CancellationToken cancellationToken)
    {
        if (!body.Contains("href=\"/media/", StringComparison.Ordinal))
        {
            return (body, []);
        }

        using var document = await new HtmlParser().ParseDocumentAsync(body, cancellationToken);
        var links = document.QuerySelectorAll("a[href^='/media/']")
            .Where(link => link.QuerySelector("img") is null && PlainText.OneLine(link.TextContent) is not null)
            .GroupBy(AddressOf).Take(MaxFiles).ToList();
        var files = await sizes.FindAsync([.. links.Select(link => link.Key)], cancellationToken);
        var attachments = links.Zip(files, (link, file) => new Attachment(NameOf(link.First(), file), file)).ToList();
        foreach (var (group, attachment) in links.Zip(attachments))
        {
            foreach (var link in group)
            {
                link.After(document.CreateTextNode($" ({Describe(link, attachment)})"));
            }
        }

        return (BodyHtml.Of(document.Body!), attachments);
    }

    /// <summary>True when a file has been uploaded, replaced or deleted.</summary>
    public async Task<bool> HaveChangedAsync(IReadOnlyList<MediaFile> known, CancellationToken cancellationToken) =>
        known.Count > 0
        && !known.SequenceEqual(await sizes.FindAsync([.. known.Select(file => file.Address)], cancellationToken));

    private static string AddressOf(IElement link) => link.GetAttribute("href")!.Split('#', '?')[0];

    /// <summary>Removes a type that the editor has written: <c>Mẫu đơn (PDF)</c>.</summary>
    private static string NameOf(IElement link, MediaFile file)
    {
        var name = PlainText.OneLine(link.TextContent)!;
        return SaysKind(name, file) ? name[..name.LastIndexOf('(')].TrimEnd() : name;
    }

    private static string Describe(IElement link, Attachment attachment) =>
        SaysKind(PlainText.OneLine(link.TextContent)!, attachment.File) && attachment.File.Size is { } size
            ? size
            : attachment.Description;

    private static bool SaysKind(string name, MediaFile file) =>
        name.EndsWith($"({file.Kind})", StringComparison.OrdinalIgnoreCase) && name.Length > file.Kind.Length + 2;
}
