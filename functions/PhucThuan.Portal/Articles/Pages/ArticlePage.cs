using Azure;

namespace PhucThuan.Portal.Articles.Pages;

/// <summary>A rendered article page in the cache.</summary>
/// <param name="BlobETag">Version of the blob that the page was rendered from.</param>
/// <param name="LastModified">
/// Latest change of the page's inputs, so that all instances send the same date. Null for a partial page, so that a
/// client that sends only <c>If-Modified-Since</c> gets the complete one.
/// </param>
public sealed record ArticlePage(
    ETag BlobETag, DateTimeOffset? LastModified, ArticleSummary Summary, ArticleContext Context,
    RenderedArticle Rendered)
{
    private long _triedAt;

    /// <summary>True when no catalogue was available, so that the page lacks links to other articles.</summary>
    public bool IsPartial => LastModified is null;

    /// <summary>
    /// True at most once per <paramref name="pause"/>, so that while storage is unavailable, not every request retries
    /// to replace an outdated page.
    /// </summary>
    public bool TryBeginReplacing(DateTimeOffset now, TimeSpan pause)
    {
        var tried = Interlocked.Read(ref _triedAt);
        return now.Ticks - tried >= pause.Ticks && Interlocked.CompareExchange(ref _triedAt, now.Ticks, tried) == tried;
    }
}
