using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace PhucThuan.Tests.Articles.Pages;

/// <summary>
/// <c>Last-Modified</c> must not depend on the instance: a crawler that sends only <c>If-Modified-Since</c> reaches
/// a different instance each time.
/// </summary>
public sealed class LastModifiedTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var slug in new[] { "mot", "hai", "ba" })
        {
            await storage.UploadAsync(
                slug,
                $"<title>{slug}</title><meta name=date content=2026-10-02><meta name=category content='Tin tức'>");
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/bai-viet/mot")]
    [InlineData("/chuyen-muc/tin-tuc")]
    [InlineData("/so-do-trang")]
    [InlineData("/feed.xml")]
    [InlineData("/sitemap.xml")]
    public async Task A_page_has_one_date_at_all_instances_and_after_a_restart(string address)
    {
        var before = await DateAsync(address, TimeSpan.Zero);
        var later = await DateAsync(address, TimeSpan.FromHours(5));

        Assert.Equal(before, later);
        await using var host = Host(TimeSpan.FromHours(9));
        using var client = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfModifiedSince = before } };
        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task A_change_and_a_removal_show_in_the_dates_of_lists_and_of_pages_that_link_to_the_article()
    {
        await using var host = new PortalHost(
            storage.ConnectionString, settings: new() { ["Articles:FreshSeconds"] = "0" });
        using var client = host.CreateClient();
        async Task<DateTimeOffset> DateOf(string address)
        {
            using var response = await client.GetAsync(address, Cancellation);
            return response.Content.Headers.LastModified!.Value;
        }

        foreach (var change in new Func<Task>[]
        {
            () => storage.UploadAsync("hai", "<title>Hai sửa</title><meta name=date content=2026-10-02><meta "
                + "name=category content='Tin tức'>"),
            () => storage.Articles.DeleteBlobAsync("hai.html"),
        })
        {
            var (list, page) = (await DateOf("/"), await DateOf("/bai-viet/mot"));

            // HTTP dates have whole seconds.
            await Eventually.AssertAsync(() =>
            {
                Assert.True(TimeProvider.System.GetUtcNow() >= list.AddSeconds(1));
                return Task.CompletedTask;
            });
            await change();

            Assert.True(await DateOf("/") > list);
            Assert.True(await DateOf("/bai-viet/mot") > page);
        }
    }

    public ValueTask DisposeAsync() => default;

    private async Task<DateTimeOffset?> DateAsync(string address, TimeSpan later)
    {
        await using var host = Host(later);
        using var client = host.CreateClient();
        using var response = await client.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Content.Headers.LastModified;
    }

    private PortalHost Host(TimeSpan later) =>
        new(storage.ConnectionString,
            services =>
                services.AddSingleton<TimeProvider>(new FakeTimeProvider(TimeProvider.System.GetUtcNow() + later)));
}
