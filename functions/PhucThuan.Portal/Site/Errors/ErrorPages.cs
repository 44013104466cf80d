using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PhucThuan.Portal.Http;

namespace PhucThuan.Portal.Site.Errors;

/// <summary>The page of each error, rendered at its first use and kept: no text may repeat what a reader sent.</summary>
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
