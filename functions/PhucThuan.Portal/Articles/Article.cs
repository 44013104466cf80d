using System.Text.Json.Serialization;
using PhucThuan.Portal.Site.Layout;

namespace PhucThuan.Portal.Articles;

/// <summary>What a list shows of an article.</summary>
/// <param name="Published">The date that the editor gave, else the time of the upload.</param>
/// <param name="Modified">When the file was uploaded.</param>
/// <param name="Description">The editor's summary, else the beginning of the text.</param>
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
    /// <summary>When readers saw the article as it is now for the first time: what is uploaded ahead of its time is new when that comes.</summary>
    [JsonIgnore]
    public DateTimeOffset Updated => Modified > Published ? Modified : Published;

    [JsonIgnore]
    public string Path => PathOf(Slug);

    /// <summary>Null without a category, and for one that has no letter or digit.</summary>
    [JsonIgnore]
    public string? CategorySlug => Category is null ? null : Articles.Slug.FromText(Category);

    [JsonIgnore]
    public PageLink Link => new(Path, Title);

    public static string PathOf(string slug) => "/bai-viet/" + slug;
}

/// <summary>An article parsed and made safe.</summary>
/// <param name="Lead">The editor's summary, when the text does not have it too; stands before the text.</param>
/// <param name="Cover">The picture of the lists, when the text does not have it too; stands before the text.</param>
/// <param name="Source">Where the text was first published, as the editor put it.</param>
/// <param name="Keywords">Words for the search, as the editor put them; not shown.</param>
/// <param name="Remarks">What of the file could not be read, or leads nowhere, in Vietnamese for the editor.</param>
/// <param name="Body">Sanitised HTML, ready to stand inside a page.</param>
public sealed record Article(
    ArticleSummary Summary, string? Lead, string? Cover, string? Source, string? Keywords, IReadOnlyList<string> Remarks, string Body);
