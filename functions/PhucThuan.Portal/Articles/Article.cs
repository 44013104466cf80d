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
    /// <summary>Of title and text (BCP 47), such as <c>en</c>; null for Vietnamese.</summary>
    public string? Language { get; init; }

    public ArticleSteering Steering { get; init; } = ArticleSteering.None;

    /// <summary>
    /// The editor's own date of the last change; without one, when readers saw the article as it is now for the first
    /// time: what is uploaded ahead of its time is new when that comes. Never before <see cref="Published"/>.
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
/// <param name="Remarks">What the editor must know of the file, in Vietnamese: parts that cannot be read, broken links,
/// and what was left out.</param>
/// <param name="Body">Sanitised HTML for the body of a page.</param>
public sealed record Article(
    ArticleSummary Summary, string? Lead, string? Cover, string? Source, string? Keywords,
    IReadOnlyList<string> Remarks, string Body)
{
    /// <summary>Those of the remarks that need no correction: readers get the text as it is meant.</summary>
    public IReadOnlySet<string> Notes { get; init; } = FrozenSet<string>.Empty;

    public OfficialDocument? Official { get; init; }

    /// <summary>Whether the file has a title, which may be the same as its name.</summary>
    public bool HasOwnTitle { get; init; }

    /// <summary>Whether the summary is the editor's, and not the beginning of the text.</summary>
    public bool HasOwnSummary { get; init; }
}
