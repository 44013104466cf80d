using Microsoft.Playwright;
using PhucThuan.Tests.Visits;
using static Microsoft.Playwright.Assertions;

namespace PhucThuan.Tests.Offline;

/// <summary>A view of an offline reader is counted once when the network is back.</summary>
public sealed class OfflineViewsTests(SampleSite site) : IClassFixture<SampleSite>
{
    private const string Slug = VisitPages.Slug;
    private const string OtherSlug = VisitPages.OtherSlug;

    /// <summary>Milliseconds.</summary>
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(72, 1)]
    [InlineData(200, 0)]
    public async Task Offline_views_count_once_when_another_page_opens_within_a_week(int hours, int counted)
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenReadAsync(proxy);
        var sent = new SentRequests(reader.Context);
        var before = (await site.NumbersAsync(Slug), await site.NumbersAsync(OtherSlug));
        await reader.Page.Clock.FastForwardAsync("02:00:00");
        await reader.ForgetHttpCacheAsync();
        proxy.Cut();
        foreach (var slug in new[] { Slug, OtherSlug, Slug })
        {
            await reader.Page.GotoAsync(VisitPages.PathOf(slug));
            await Expect(reader.Page.Locator(".copy")).ToBeVisibleAsync();
            await BegunAsync(reader.Page, slug);
        }

        await reader.Page.Clock.FastForwardAsync("00:16");
        await reader.Page.GotoAsync("about:blank");
        await reader.Page.Clock.FastForwardAsync(hours * Hour);
        Assert.Empty(sent.Views);

        proxy.Restore();
        for (var time = 0; time < 2; time++)
        {
            await reader.Page.GotoAsync("/");
            await reader.Page.ShownAsync();
            await reader.Page.BecomesTrueAsync("!JSON.parse(localStorage['phucthuan.visits']).waiting.length");
        }

        await Eventually.AssertAsync(async () =>
        {
            var after = (await site.NumbersAsync(Slug), await site.NumbersAsync(OtherSlug));
            Assert.Equal(before.Item1.Views + counted, after.Item1.Views);
            Assert.Equal(before.Item2.Views + counted, after.Item2.Views);
            Assert.Equal(before.Item1.Total + counted, after.Item1.Total);
        });
        Assert.Equal(2 * counted, sent.DistinctViews);
    }

    [Fact]
    public async Task A_copy_that_is_open_when_the_network_returns_counts_its_view_once()
    {
        await using var proxy = new TcpProxy(site.Client.BaseAddress!);
        await using var reader = await OpenReadAsync(proxy);
        var sent = new SentRequests(reader.Context);
        var before = await site.NumbersAsync(Slug);
        await reader.Page.Clock.FastForwardAsync("02:00:00");
        await reader.ForgetHttpCacheAsync();
        proxy.Cut();
        await reader.Page.GotoAsync(VisitPages.PathOf(Slug));
        await BegunAsync(reader.Page, Slug);
        for (var minute = 0; minute < 40; minute++)
        {
            var asked = sent.Count;
            await Eventually.AssertAsync(async () =>
            {
                await reader.Page.Clock.FastForwardAsync("01:00");
                Assert.True(sent.Count > asked);
            });
        }

        proxy.Restore();
        await reader.Page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await reader.Page.ShowsAsync("views", before.Views!.Value + 1);
        await reader.Page.GotoAsync("/");
        await reader.Page.ShownAsync();

        Assert.Single(sent.Views);
        Assert.Equal(before.Total + 1, (await site.NumbersAsync(Slug)).Total);
    }

    /// <summary>The browser reports that it is offline, so an open page sends no request.</summary>
    [Fact]
    public async Task An_offline_return_is_counted_when_the_network_is_back_days_later()
    {
        await using var reader = await site.OpenWithClockAsync();
        await reader.Page.GotoAsync(VisitPages.PathOf(Slug));
        await reader.Page.ShownAsync();
        var sent = new SentRequests(reader.Context);
        var before = await site.NumbersAsync(Slug);
        await reader.Page.HideAsync();
        await reader.Page.Clock.FastForwardAsync("02:00:00");
        await reader.Context.SetOfflineAsync(true);
        await reader.Page.ShowAsync();
        await Expect(reader.Page.GetByText("Chưa lấy được số liệu mới")).ToBeVisibleAsync();
        await reader.Page.HideAsync();
        await reader.Page.Clock.FastForwardAsync(72 * Hour);

        await reader.Context.SetOfflineAsync(false);
        await reader.Page.GotoAsync("/");

        // The portal may answer before the browser has reported its request.
        await sent.HasViewsAsync(1);
        await site.HasViewsAsync(Slug, before.Views!.Value + 1);
        Assert.Single(sent.Views);
    }

    /// <summary>A reader who has read both articles, so that they are cached, and whose clock can be moved.</summary>
    private async Task<OpenPage> OpenReadAsync(TcpProxy proxy)
    {
        var reader = await site.OpenAsync(
            new() { BaseURL = proxy.Address, ServiceWorkers = ServiceWorkerPolicy.Allow });
        await reader.Page.Clock.InstallAsync();
        foreach (var slug in new[] { Slug, OtherSlug })
        {
            await reader.Page.GotoAsync(VisitPages.PathOf(slug));
            await reader.Page.ShownAsync();
            await reader.Page.KeptAsync(VisitPages.PathOf(slug));
        }

        await reader.Page.GotoAsync("/");
        await reader.Page.ShownAsync();
        return reader;
    }

    /// <summary>Waits until the view of the page is in the browser's queue.</summary>
    private static Task BegunAsync(IPage page, string slug) => page.BecomesTrueAsync(
        $"JSON.parse(localStorage['phucthuan.visits']).waiting.some(view => view.slug === '{slug}')");
}
