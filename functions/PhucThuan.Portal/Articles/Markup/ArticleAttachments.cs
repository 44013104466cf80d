using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PhucThuan.Portal.Media;

namespace PhucThuan.Portal.Articles.Markup;

/// <summary>A file that an article links to, as the list at its end shows it.</summary>
/// <param name="Name">The words of the link.</param>
public sealed record Attachment(string Name, MediaFile File)
{
    /// <summary><c>PDF, 1,2 MB</c>.</summary>
    public string Description => File.IsMissing ? $"{File.Kind}, chưa có tệp"
        : File.Size is { } size ? $"{File.Kind}, {size}"
        : File.Kind;
}

/// <summary>
/// Tells kind and size of the files that an article links to: a reader on a phone decides before the download.
/// </summary>
public sealed class ArticleAttachments(MediaSizes sizes)
{
    /// <summary>Files of an article that are looked up; links to further ones stay as they are.</summary>
    private const int MaxFiles = 50;

    /// <summary>The body with kind and size after each link, and the files, each once.</summary>
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

    /// <summary>Whether a file was uploaded, replaced or deleted since.</summary>
    public async Task<bool> HaveChangedAsync(IReadOnlyList<MediaFile> known, CancellationToken cancellationToken) =>
        known.Count > 0
        && !known.SequenceEqual(await sizes.FindAsync([.. known.Select(file => file.Address)], cancellationToken));

    private static string AddressOf(IElement link) => link.GetAttribute("href")!.Split('#', '?')[0];

    /// <summary>Without the kind that editors write there themselves, <c>Mẫu đơn (PDF)</c>.</summary>
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
