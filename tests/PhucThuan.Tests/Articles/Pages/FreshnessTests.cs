using System.Net;

namespace PhucThuan.Tests.Articles.Pages;

/// <summary>How soon readers see changes of articles.</summary>
public sealed class FreshnessTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_article_is_shown_within_seconds()
    {
        await portal.Storage.UploadAsync("doi-chu", "<title>Cũ</title><p>chữ cũ</p>");
        await Eventually.AssertAsync(async () =>
            Assert.Contains("chữ cũ", await GetAsync("/bai-viet/doi-chu"), StringComparison.Ordinal));

        await portal.Storage.UploadAsync("doi-chu", "<title>Mới</title><p>chữ mới</p>");

        await Eventually.AssertAsync(async () =>
        {
            Assert.Contains("chữ mới", await GetAsync("/bai-viet/doi-chu"), StringComparison.Ordinal);
            Assert.Contains("Mới", await GetAsync("/"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_new_article_is_listed_and_a_deleted_one_is_410()
    {
        Assert.DoesNotContain("/bai-viet/bai-tam", await GetAsync("/"), StringComparison.Ordinal);
        using (var missing = await portal.Client.GetAsync("/bai-viet/bai-tam", Cancellation))
        {
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }

        await portal.Storage.UploadAsync("bai-tam", "<title>Bài tạm</title><p>chữ</p>");
        await Eventually.AssertAsync(async () =>
        {
            Assert.Contains("/bai-viet/bai-tam", await GetAsync("/"), StringComparison.Ordinal);
            Assert.Contains("Bài tạm", await GetAsync("/bai-viet/bai-tam"), StringComparison.Ordinal);
        });

        await portal.Storage.Articles.DeleteBlobAsync("bai-tam.html", cancellationToken: Cancellation);
        await Eventually.AssertAsync(async () =>
        {
            Assert.DoesNotContain("/bai-viet/bai-tam", await GetAsync("/"), StringComparison.Ordinal);
            using var gone = await portal.Client.GetAsync("/bai-viet/bai-tam", Cancellation);
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        });
    }

    [Fact]
    public async Task The_list_starts_with_the_newest_and_omits_invalid_names()
    {
        await portal.Storage.UploadAsync("cu-nhat", "<title>x</title><meta name=date content=2001-01-01>");
        await portal.Storage.UploadAsync("moi-nhat", "<title>x</title><meta name=date content=2026-11-01>");
        await portal.Storage.UploadAsync("!!!", "<title>Tên sai</title>");

        await Eventually.AssertAsync(async () =>
        {
            var page = await GetAsync("/");
            var newest = page.IndexOf("/bai-viet/moi-nhat", StringComparison.Ordinal);
            var middle = page.IndexOf("/bai-viet/" + TestArticle.Slug, StringComparison.Ordinal);
            var oldest = page.IndexOf("/bai-viet/cu-nhat", StringComparison.Ordinal);
            Assert.True(newest > 0 && middle > newest && oldest > middle, $"Found at {newest}, {middle}, {oldest}.");
            Assert.DoesNotContain("Tên sai", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_file_over_the_size_limit_is_not_read()
    {
        await portal.Storage.UploadAsync("qua-lon", "<title>Quá lớn</title>" + new string('a', 8 * 1024 * 1024));

        using var response = await portal.Client.GetAsync("/bai-viet/qua-lon", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("qua-lon", await GetAsync("/"), StringComparison.Ordinal);
    }

    private Task<string> GetAsync(string address) => portal.Client.GetStringAsync(address, Cancellation);
}
