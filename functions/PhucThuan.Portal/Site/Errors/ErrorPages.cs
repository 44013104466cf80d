using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>
/// The page of each error, rendered at its first use and kept until banners change: no text may repeat what a reader sent.
/// </summary>
public sealed class ErrorPages(PageRenderer renderer, SiteNotices notices)
{
    private readonly ConcurrentDictionary<ErrorText, (SiteNoticeList Notices, EncodedBody Body)> _pages = new();

    public async Task<IResult> GetAsync(ErrorText text)
    {
        var present = notices.Current;
        if (!_pages.TryGetValue(text, out var page) || page.Notices != present)
        {
            page = (present, await renderer.RenderAsync<ErrorDocument>(new() { [nameof(ErrorDocument.Text)] = text }));
            _pages[text] = page;
        }

        return new EncodedResult(page.Body, PageRenderer.ContentType, LastModified: null, CacheControl: "no-store");
    }
}
