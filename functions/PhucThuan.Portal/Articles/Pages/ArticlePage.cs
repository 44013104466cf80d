using Azure;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>A rendered article page.</summary>
/// <param name="BlobETag">Version of the blob that the page was rendered from.</param>
/// <param name="LastModified">The latest change of what the page is made of: the same at each instance.</param>
/// <param name="MissingPictures">Addresses of pictures that storage did not have at rendering.</param>
public sealed record ArticlePage(
    ETag BlobETag,
    DateTimeOffset LastModified,
    ArticleSummary Summary,
    ArticleContext Context,
    IReadOnlyList<string> MissingPictures,
    EncodedBody Body);
