using System.Collections.Frozen;
using System.Text.Json.Serialization;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Articles;

/// <summary>Metadata of an article, as lists show it.</summary>
/// <param name="Published">Publication date from the file, otherwise the upload time.</param>
/// <param name="Modified">Upload time of the file.</param>
/// <param name="Description">The editor's summary, otherwise the start of the text.</param>
/// <param name="Image">Address of a picture on this site, such as <c>/media/doi-che.jpg</c>.</param>
public sealed record ArticleSummary(
    string Slug,
    string Title,
    DateTimeOffset Published,
    DateTimeOffset Modified,
    string? Author,
    string? Category,
    string? Description,
    string? Image)
{
    /// <summary>Language of title and text (BCP 47), such as <c>en</c>; null for Vietnamese.</summary>
    public string? Language { get; init; }

    public ArticleSteering Steering { get; init; } = ArticleSteering.None;

    /// <summary>
    /// The editor's date of the last change, otherwise the later of upload and publication: a file that was uploaded
    /// ahead of its publication date is new on that date. Never before <see cref="Published"/>.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset Updated =>
        (Steering.Updated ?? Modified) is var changed && changed > Published ? changed : Published;

    [JsonIgnore]
    public string Path => PathOf(Slug);

    /// <summary>Null without a category, or when it has no letter or digit.</summary>
    [JsonIgnore]
    public string? CategorySlug => Category is null ? null : Articles.Slug.FromText(Category);

    [JsonIgnore]
    public PageLink Link => new(Path, Title, Language);

    public static string PathOf(string slug) => "/bai-viet/" + slug;
}

/// <summary>A parsed and sanitised article.</summary>
/// <param name="Lead">The editor's summary, shown before the text; null when the text contains it.</param>
/// <param name="Cover">The picture of the lists, shown before the text; null when the text contains it.</param>
/// <param name="Source">Original source, as the editor wrote it.</param>
/// <param name="Keywords">Keywords for the search, as the editor wrote them; not shown.</param>
/// <param name="Remarks">
/// Messages for the editor, in Vietnamese: unreadable parts, broken links, omitted content.
/// </param>
/// <param name="Body">Sanitised HTML for the body of a page.</param>
public sealed record Article(
    ArticleSummary Summary, string? Lead, string? Cover, string? Source, string? Keywords,
    IReadOnlyList<string> Remarks, string Body)
{
    /// <summary>
    /// The subset of <see cref="Remarks"/> that needs no correction: the page shows what is intended.
    /// </summary>
    public IReadOnlySet<string> Notes { get; init; } = FrozenSet<string>.Empty;

    public OfficialDocument? Official { get; init; }

    /// <summary>True when the title comes from the file's content, false when it comes from the file's name.</summary>
    public bool HasOwnTitle { get; init; }

    /// <summary>True when the editor wrote the summary, false when it is the start of the text.</summary>
    public bool HasOwnSummary { get; init; }
}
