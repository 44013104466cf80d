using Azure;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>One article of the catalogue with the version (entity tag) of the blob that it was read from.</summary>
public sealed record CatalogueEntry(string BlobETag, ArticleSummary Summary)
{
    /// <summary>A listing tells entity tags without their quotes, a download with them; here they have none.</summary>
    public static string FormatETag(ETag? etag) => etag?.ToString().Trim('"') ?? "";
}

/// <summary>
/// All articles, newest first, those of the future too, as they were at one listing of the container.
/// </summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Removed">Slugs of articles that were there once, with the time when a listing missed them first.</param>
public sealed record Catalogue(IReadOnlyList<CatalogueEntry> Entries, IReadOnlyDictionary<string, DateTimeOffset> Removed)
{
    public static Catalogue Empty { get; } = new([], new Dictionary<string, DateTimeOffset>());
}
