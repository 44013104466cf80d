using Azure;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>A rendered article page in the cache.</summary>
/// <param name="BlobETag">Version of the blob that the page was rendered from.</param>
/// <param name="LastModified">The latest change of what the page is made of: the same at each instance.</param>
public sealed record ArticlePage(
    ETag BlobETag, DateTimeOffset LastModified, ArticleSummary Summary, ArticleContext Context,
    RenderedArticle Rendered)
{
    private long _triedAt;

    /// <summary>
    /// Whether no other request within <paramref name="pause"/> tried to replace the page: while storage is
    /// unavailable, an outdated page must not send each request there.
    /// </summary>
    public bool IsFirstTry(DateTimeOffset now, TimeSpan pause)
    {
        var tried = Interlocked.Read(ref _triedAt);
        return now.Ticks - tried >= pause.Ticks && Interlocked.CompareExchange(ref _triedAt, now.Ticks, tried) == tried;
    }
}
