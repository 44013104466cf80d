using Azure;

namespace PhucThuan.Portal.Articles;

/// <summary>One article of the catalogue with the version of the blob that it was read from.</summary>
public sealed record CatalogueEntry(ETag BlobETag, ArticleSummary Summary);

/// <summary>All articles, newest first, as they were at one listing of the container.</summary>
public sealed record Catalogue(IReadOnlyList<CatalogueEntry> Entries)
{
    public static Catalogue Empty { get; } = new([]);
}
