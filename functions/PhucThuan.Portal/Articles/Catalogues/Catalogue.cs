using System.Text.Json.Serialization;
using Azure;
using PhucThuan.Portal.Site;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>One article with the version (entity tag) of its blob.</summary>
/// <param name="BlobName">With folders and extension.</param>
public sealed record CatalogueEntry(string BlobName, string BlobETag, ArticleSummary Summary)
{
    /// <summary>
    /// Removes the quotes of an entity tag: a listing returns tags without them, a download with them.
    /// </summary>
    public static string FormatETag(ETag? etag) => etag?.ToString().Trim('"') ?? "";
}

/// <summary>
/// All articles as of a listing of the container, including those with a future publication date.
/// </summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Removed">Slugs of removed articles, with the time of the first listing without them.</param>
public sealed record Catalogue(
    IReadOnlyList<CatalogueEntry> Entries, IReadOnlyDictionary<string, DateTimeOffset> Removed)
{
    public static Catalogue Empty { get; } = new([], new Dictionary<string, DateTimeOffset>());

    /// <summary>Category names from <see cref="CategoriesFile"/>, in order, with distinct slugs.</summary>
    public IReadOnlyList<string> CategoryNames { get; init; } = [];

    /// <summary>Entity tag of <see cref="CategoriesFile"/> without quotes; null without the file.</summary>
    public string? CategoriesETag { get; init; }

    /// <summary>Banners of urgent articles, including past and future ones, newest first.</summary>
    [JsonIgnore]
    public IReadOnlyList<SiteNotice> Notices { get; } =
    [
        .. from entry in Entries
           let article = entry.Summary
           where article.Steering is { UrgentUntil: not null, Redirect: null }
           let end = article.Steering.UrgentUntil!.Value
           select new SiteNotice(
               article.Path,
               article.Title,
               article.Published,
               article.Steering.Expires is { } expires && expires < end ? expires : end)
           {
               Language = article.Language,
           },
    ];
}
