using Azure;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>One article with the version (entity tag) of its blob.</summary>
public sealed record CatalogueEntry(string BlobETag, ArticleSummary Summary)
{
    /// <summary>
    /// Removes the quotes of an entity tag: a listing returns tags without them, a download with them.
    /// </summary>
    public static string FormatETag(ETag? etag) => etag?.ToString().Trim('"') ?? "";
}

/// <summary>
/// All articles at one listing of the container, including those with a future publication date.
/// </summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Removed">Slugs of removed articles, with the time of the first listing without them.</param>
public sealed record Catalogue(
    IReadOnlyList<CatalogueEntry> Entries, IReadOnlyDictionary<string, DateTimeOffset> Removed)
{
    public static Catalogue Empty { get; } = new([], new Dictionary<string, DateTimeOffset>());
}
