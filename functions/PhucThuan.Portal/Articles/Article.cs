using System.Text.Json.Serialization;

namespace PhucThuan.Portal.Articles;

/// <summary>What a list shows of an article.</summary>
/// <param name="Published">The date that the editor gave, else the time of the upload.</param>
/// <param name="Modified">When the file was uploaded.</param>
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
    [JsonIgnore]
    public string Path => PathOf(Slug);

    /// <summary>Null without a category, and for one that has no letter or digit.</summary>
    [JsonIgnore]
    public string? CategorySlug => Category is null ? null : Articles.Slug.FromText(Category);

    public static string PathOf(string slug) => "/bai-viet/" + slug;
}

/// <summary>An article parsed and made safe.</summary>
/// <param name="Source">Where the text was first published, as the editor put it.</param>
/// <param name="Body">Sanitised HTML, ready to stand inside a page.</param>
public sealed record Article(ArticleSummary Summary, string? Source, string Body);
