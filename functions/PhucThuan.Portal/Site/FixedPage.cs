using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site;

/// <summary>Serves a page without parameters. It is rendered at the first request and when banners change.</summary>
public sealed class FixedPage<TDocument>(PageRenderer renderer, SiteNotices notices)
    where TDocument : IComponent
{
    private (SiteNoticeList Notices, EncodedBody Body)? _page;

    public async Task<IResult> GetAsync()
    {
        var present = notices.Current;
        if (_page is not { } page || page.Notices != present)
        {
            page = (present, await renderer.RenderAsync<TDocument>([]));
            _page = page;
        }

        return new EncodedResult(page.Body, PageRenderer.ContentType, LastModified: null, CachePolicy.Page);
    }
}
