using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>
/// Cache of error pages, rendered at first use. Texts must not contain request data, or the cache would be unbounded.
/// </summary>
public sealed class ErrorPages(PageRenderer renderer)
{
    private readonly ConcurrentDictionary<ErrorText, EncodedBody> _pages = new();

    public async Task<IResult> GetAsync(ErrorText text)
    {
        if (!_pages.TryGetValue(text, out var body))
        {
            body = await renderer.RenderAsync<ErrorDocument>(new() { [nameof(ErrorDocument.Text)] = text });
            _pages[text] = body;
        }

        return new EncodedResult(body, PageRenderer.ContentType, LastModified: null, CacheControl: "no-store");
    }
}
