using Microsoft.Playwright;
using PhucThuan.Tests.Visits;

namespace PhucThuan.Tests.Offline;

/// <summary>Files of pages in the cache of the service worker, while several pages are being cached.</summary>
public sealed class CachedFilesTests(SampleSite site) : IClassFixture<SampleSite>
{
    private const string Article = "/bai-viet/" + VisitPages.OtherSlug;

    /// <summary>A picture of no cached page.</summary>
    private const string Picture = "/media/duong-xom-hang-cau.jpg";

    /// <summary>Script: asks the worker to cache files of the open page, as later.js does.</summary>
    private const string Keep = """
        files => navigator.serviceWorker.ready.then(registration =>
          registration.active.postMessage({ keep: location.pathname, files }))
        """;

    [Fact]
    public async Task A_file_that_is_being_cached_is_not_deleted_by_the_change_of_another_page()
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await site.OpenAsync(
            new() { BaseURL = proxy.Address, ServiceWorkers = ServiceWorkerPolicy.Allow });
        await reader.Page.GotoAsync(Article);
        foreach (var page in new[] { Article, "/", "/doc-ngoai-tuyen" })
        {
            await reader.Page.KeptAsync(page);
        }

        await reader.Page.EvaluateAsync($"fetch('{Picture}').then(answer => answer.blob()).then(() => 0)");

        // The first file comes from the browser's cache. The second is pending, so neither is in the index.
        proxy.Hold();
        await reader.Page.EvaluateAsync(Keep, new[] { Picture, "/media/cham.png" });
        await reader.Page.BecomesTrueAsync(IsCached(Picture));

        // The next change deletes what is not in the index.
        await reader.Page.EvaluateAsync(
            "caches.open('phucthuan-1').then(cache => cache.put('/assets/la.js', new Response('')))");
        await reader.Page.EvaluateAsync(Keep, Array.Empty<string>());
        await reader.Page.BecomesTrueAsync("caches.match('/assets/la.js').then(file => !file)");
        proxy.Release();
        await reader.Page.BecomesTrueAsync(
            $"caches.match('/sw.js?kept').then(index => index.text()).then(index => index.includes('{Picture}'))");

        Assert.True(await reader.Page.EvaluateAsync<bool>(IsCached(Picture)));
    }

    private static string IsCached(string address) => $"caches.match('{address}').then(file => !!file)";
}
