using PhucThuan.Portal.Articles.Documents;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>A blob of container <c>articles</c>.</summary>
/// <param name="ETag">As <see cref="CatalogueEntry.FormatETag"/> gives it.</param>
public sealed record ListedBlob(string Name, string ETag, DateTimeOffset Created);

/// <summary>A blob that an article is read from.</summary>
/// <param name="ETag">As <see cref="CatalogueEntry.FormatETag"/> gives it.</param>
public sealed record ListedArticle(ArticleName Name, string ETag);

/// <summary>A file that is not published, and why, in Vietnamese for its editor.</summary>
public sealed record UnlistedFile(string BlobName, string Reason);

/// <summary>
/// Which blob of the container is which article. Of several files with one slug the oldest is the article, and of those
/// of the same second the first by name: every instance comes to the same from the listing alone.
/// </summary>
/// <param name="Articles">By slug.</param>
/// <param name="Others">What is no article by its name, and what has the slug of an older file.</param>
public sealed record ArticleListing(
    IReadOnlyDictionary<string, ListedArticle> Articles, IReadOnlyList<UnlistedFile> Others)
{
    public static ArticleListing Of(IEnumerable<ListedBlob> blobs)
    {
        var articles = new Dictionary<string, ListedArticle>();
        var others = new List<UnlistedFile>();
        foreach (var blob in blobs.OrderBy(Rank).ThenBy(blob => blob.Name, StringComparer.Ordinal))
        {
            if (ArticleName.Of(blob.Name) is not { } name)
            {
                others.Add(new(blob.Name, OtherFiles.ReasonAgainst(blob.Name)!));
            }
            else if (!articles.TryAdd(name.Slug, new(name, blob.ETag)))
            {
                others.Add(new(blob.Name, SameSlug(name.Slug, articles[name.Slug].Name.BlobName)));
            }
        }

        return new(articles, others);
    }

    /// <summary>
    /// Behind all others those that may turn out to be no article: a file <c>.doc</c> is not to stand in the way of its
    /// <c>.docx</c>.
    /// </summary>
    private static (bool IsDoubtful, DateTimeOffset Created) Rank(ListedBlob blob) =>
        (DocumentKinds.IsDoubtful(blob.Name), blob.Created);

    private static string SameSlug(string slug, string older) =>
        $"trùng địa chỉ “{slug}” với tệp “{older}” có trước; hãy đổi tên một trong hai tệp, hoặc xóa tệp cũ";
}
