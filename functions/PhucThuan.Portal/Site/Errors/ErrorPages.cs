using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>
/// Cache of error pages, one per error, until banners or the newest articles change. A text must therefore not contain
/// request data. A page that offers similar addresses is not cached.
/// </summary>
public sealed class ErrorPages(PageRenderer renderer, SiteNotices notices)
{
    private readonly ConcurrentDictionary<ErrorText, (SiteNoticeList Notices, ErrorOffers Offers, EncodedBody Body)>
        _pages = new();

    public async Task<IResult> GetAsync(ErrorText text, ErrorOffers offers)
    {
        var present = notices.Current;
        if (offers.Similar.Count > 0)
        {
            return Answer(await renderer.RenderOnceAsync<ErrorDocument>(Parameters(text, offers)));
        }

        if (!_pages.TryGetValue(text, out var page) || page.Notices != present || page.Offers != offers)
        {
            page = (present, offers, await renderer.RenderAsync<ErrorDocument>(Parameters(text, offers)));
            _pages[text] = page;
        }

        return Answer(page.Body);
    }

    private static EncodedResult Answer(EncodedBody body) =>
        new(body, PageRenderer.ContentType, LastModified: null, CacheControl: "no-store");

    private static Dictionary<string, object?> Parameters(ErrorText text, ErrorOffers offers) => new()
    {
        [nameof(ErrorDocument.Text)] = text,
        [nameof(ErrorDocument.Offers)] = offers,
    };
}
