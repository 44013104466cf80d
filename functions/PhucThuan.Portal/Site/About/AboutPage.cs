using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site.About;

/// <summary>Serves <c>/ve-cong-thong-tin</c>, rendered at its first use and again when banners change.</summary>
public sealed class AboutPage(PageRenderer renderer, SiteNotices notices)
{
    private (SiteNoticeList Notices, EncodedBody Body)? _page;

    public async Task<IResult> GetAsync()
    {
        var present = notices.Current;
        if (_page is not { } page || page.Notices != present)
        {
            page = (present, await renderer.RenderAsync<AboutDocument>([]));
            _page = page;
        }

        return new EncodedResult(page.Body, PageRenderer.ContentType, LastModified: null, CachePolicy.Page);
    }
}
