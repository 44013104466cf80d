using PhucThuan.Portal.Articles.Documents;

namespace PhucThuan.Portal.Articles.Catalogues;

/// <summary>A blob of container <c>articles</c>.</summary>
/// <param name="ETag">In the format of <see cref="CatalogueEntry.FormatETag"/>.</param>
public sealed record ListedBlob(string Name, string ETag, DateTimeOffset Created);

/// <summary>An article and the version of its blob.</summary>
/// <param name="ETag">In the format of <see cref="CatalogueEntry.FormatETag"/>.</param>
public sealed record ListedArticle(ArticleName Name, string ETag);

/// <summary>A file that is not published.</summary>
/// <param name="Reason">For the editor, in Vietnamese.</param>
public sealed record UnlistedFile(string BlobName, string Reason);

/// <summary>
/// Assigns the blobs of the container to articles. If several files have the same slug, the oldest is published; at
/// equal times, the first by name. Every instance derives the same result from the listing.
/// </summary>
/// <param name="Articles">Articles by slug.</param>
/// <param name="Others">Files whose name is not an article's or whose slug belongs to an older file.</param>
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
    /// Doubtful files come last, because they may turn out not to be an article: a <c>.doc</c> file must not take the
    /// slug of a <c>.docx</c> file.
    /// </summary>
    private static (bool IsDoubtful, DateTimeOffset Created) Rank(ListedBlob blob) =>
        (DocumentKinds.IsDoubtful(blob.Name), blob.Created);

    private static string SameSlug(string slug, string older) =>
        $"trùng địa chỉ “{slug}” với tệp “{older}” có trước; hãy đổi tên một trong hai tệp, hoặc xóa tệp cũ";
}
